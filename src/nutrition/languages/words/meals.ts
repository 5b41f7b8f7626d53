/** Dishes, A to E; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const MEALS_A_TO_E = `
arepa | Arepa | arepa | arepa | arepa | arepa | アレパ | 阿瑞巴玉米饼
avocado toast | Avocado-Toast | tartine à l'avocat | tostada de aguacate | toast all'avocado | torrada com abacate | アボカドトースト | 牛油果吐司
baba ganoush | Baba Ghanoush | baba ganousch | baba ganush | baba ganoush | babaganuche | ババガヌーシュ | 茄子泥
banh mi | Banh Mi | banh mi | banh mi | banh mi | banh mi | バインミー | 越南法棍三明治
beef and vegetables stir-fry; beef stir-fry | Rindfleisch-Gemüse-Pfanne | sauté de bœuf aux légumes | salteado de ternera con verduras | manzo saltato con verdure | carne salteada com legumes | 牛肉と野菜の炒め物 | 牛肉炒蔬菜
beef barley soup | Rindfleisch-Graupen-Suppe | soupe de bœuf à l'orge | sopa de ternera con cebada | zuppa di manzo e orzo | sopa de carne com cevada | 牛肉と大麦のスープ | 牛肉大麦汤
beef carpaccio | Rindercarpaccio | carpaccio de bœuf | carpaccio de ternera | carpaccio di manzo | carpaccio de carne | 牛肉のカルパッチョ | 生牛肉薄片
beef rendang | Rendang vom Rind | rendang de bœuf | rendang de ternera | rendang di manzo | rendang de carne | ビーフルンダン | 仁当牛肉
beef stew | Rindereintopf | ragoût de bœuf | estofado de ternera | spezzatino di manzo | ensopado de carne | ビーフシチュー | 炖牛肉
beef stroganoff | Bœuf Stroganoff | bœuf Stroganoff | ternera Strogonoff | manzo alla Stroganoff | estrogonofe de carne | ビーフストロガノフ | 俄式炒牛柳
beet salad | Rote-Bete-Salat | salade de betteraves | ensalada de remolacha | insalata di barbabietole | salada de beterraba | ビーツのサラダ | 甜菜沙拉
bibimbap | Bibimbap | bibimbap | bibimbap | bibimbap | bibimbap | ビビンバ | 石锅拌饭
biryani | Biryani | biryani | biryani | biryani | biryani | ビリヤニ | 印度香饭
black bean soup | schwarze Bohnensuppe | soupe de haricots noirs | sopa de alubias negras | zuppa di fagioli neri | sopa de feijão-preto | 黒いんげん豆のスープ | 黑豆汤
BLT sandwich; BLT | BLT-Sandwich | sandwich BLT | sándwich BLT | sandwich BLT | sanduíche BLT | ベーコンレタストマトサンド | 培根生菜番茄三明治
borscht | Borschtsch | bortsch | borsch | borscht | borscht | ボルシチ | 罗宋汤
bread and butter | Butterbrot | pain beurré | pan con mantequilla | pane e burro | pão com manteiga | バターつきパン | 黄油面包
breakfast burrito | Frühstücksburrito | burrito du petit-déjeuner | burrito de desayuno | burrito da colazione | burrito de café da manhã | ブレックファストブリトー | 早餐卷饼
breakfast sandwich | Frühstückssandwich | sandwich du petit-déjeuner | sándwich de desayuno | sandwich da colazione | sanduíche de café da manhã | ブレックファストサンド | 早餐三明治
bruschetta | Bruschetta | bruschetta | bruschetta | bruschetta | bruschetta | ブルスケッタ | 意式烤面包片
burrito | Burrito | burrito | burrito | burrito | burrito | ブリトー | 墨西哥卷饼
burrito bowl | Burrito-Bowl | bol burrito | bol de burrito | burrito bowl | bowl de burrito | ブリトーボウル | 墨西哥卷饼碗
cabbage rolls | Kohlrouladen | chou farci | rollitos de repollo | involtini di verza | charutinhos de repolho | ロールキャベツ | 卷心菜卷
Caesar salad | Caesar Salad | salade César | ensalada César | Caesar salad | salada Caesar | シーザーサラダ | 凯撒沙拉
California roll | California Roll | california roll | rollo California | california roll | california roll | カリフォルニアロール | 加州卷
calzone | Calzone | calzone | calzone | calzone | calzone | カルツォーネ | 意式半月披萨饺
caprese salad | Caprese | salade caprese | ensalada caprese | insalata caprese | salada caprese | カプレーゼ | 卡普里沙拉
cereal with milk; cereal | Cerealien mit Milch | céréales au lait | cereales con leche | cereali con latte | cereal com leite | 牛乳をかけたシリアル | 牛奶麦片
ceviche | Ceviche | ceviche | ceviche | ceviche | ceviche | セビーチェ | 酸橘汁腌鱼
chana masala | Chana Masala | chana masala | chana masala | chana masala | chana masala | チャナマサラ | 鹰嘴豆咖喱
charcuterie board | Aufschnittplatte | planche de charcuterie | tabla de embutidos | tagliere di salumi | tábua de frios | シャルキュトリーボード | 熟肉拼盘
cheeseburger | Cheeseburger | cheeseburger | hamburguesa con queso | cheeseburger | cheeseburger | チーズバーガー | 芝士汉堡
chicken adobo | Adobo mit Hähnchen | adobo de poulet | adobo de pollo | adobo di pollo | adobo de frango | チキンアドボ | 菲律宾酱醋鸡
chicken and rice; chicken with rice | Hähnchen mit Reis | poulet au riz | pollo con arroz | pollo con riso | frango com arroz | 鶏肉とごはん | 鸡肉饭
chicken and vegetables stir-fry; chicken stir-fry | Hähnchen-Gemüse-Pfanne | sauté de poulet aux légumes | salteado de pollo con verduras | pollo saltato con verdure | frango salteado com legumes | 鶏肉と野菜の炒め物 | 鸡肉炒蔬菜
chicken Caesar salad; grilled chicken caesar salad | Caesar Salad mit Hähnchen | salade César au poulet | ensalada César con pollo | Caesar salad con pollo | salada Caesar com frango | チキンシーザーサラダ | 鸡肉凯撒沙拉
chicken chow mein | Chow Mein mit Hähnchen | chow mein au poulet | chow mein de pollo | chow mein di pollo | chow mein de frango | 鶏肉の焼きそば | 鸡肉炒面
chicken cordon bleu | Hähnchen-Cordon-bleu | cordon-bleu de poulet | cordon bleu de pollo | cordon bleu di pollo | cordon bleu de frango | チキンコルドンブルー | 蓝带鸡排
chicken curry | Hähnchencurry | curry de poulet | curry de pollo | pollo al curry | curry de frango | チキンカレー | 咖喱鸡
chicken noodle soup | Hühnersuppe mit Nudeln | soupe de poulet aux nouilles | sopa de pollo con fideos | zuppa di pollo con pasta | canja com macarrão | チキンヌードルスープ | 鸡汤面
chicken nuggets with fries | Chicken Nuggets mit Pommes | nuggets de poulet avec frites | nuggets de pollo con patatas fritas | crocchette di pollo con patatine | nuggets de frango com batatas fritas | チキンナゲットとポテト | 鸡块配薯条
chicken parmesan | Hähnchen Parmigiana | poulet parmigiana | pollo a la parmesana | pollo alla parmigiana | frango à parmegiana | チキンパルミジャーナ | 帕尔马干酪鸡排
chicken quesadilla; quesadilla | Quesadilla mit Hähnchen | quesadilla au poulet | quesadilla de pollo | quesadilla di pollo | quesadilla de frango | チキンケサディーヤ | 鸡肉墨西哥芝士饼
chicken salad | Hähnchensalat | salade de poulet | ensalada de pollo | insalata di pollo | salada de frango | チキンサラダ | 鸡肉沙拉
chicken soup | Hühnersuppe | soupe de poulet | sopa de pollo | zuppa di pollo | sopa de frango | チキンスープ | 鸡汤
chili con carne; chili | Chili con Carne | chili con carne | chili con carne | chili con carne | chili com carne | チリコンカン | 墨西哥辣肉酱
clam chowder | Muschelsuppe | chaudrée de palourdes | sopa de almejas | zuppa cremosa di vongole | sopa cremosa de amêijoas | クラムチャウダー | 蛤蜊浓汤
club sandwich | Club-Sandwich | club sandwich | sándwich club | club sandwich | club sanduíche | クラブサンド | 总汇三明治
Cobb salad | Cobb Salad | salade Cobb | ensalada Cobb | insalata Cobb | salada Cobb | コブサラダ | 科布沙拉
coleslaw; restaurant coleslaw | Krautsalat | salade de chou | ensalada de col | insalata di cavolo | salada de repolho | コールスロー | 凉拌卷心菜
consomme | Consommé | consommé | consomé | consommé | consommé | コンソメ | 清汤
corn dog | Corn Dog | corn dog | corn dog | corn dog | corn dog | アメリカンドッグ | 玉米热狗
crab cakes | Krabbenküchlein | croquettes de crabe | pastelitos de cangrejo | polpette di granchio | bolinhos de caranguejo | クラブケーキ | 蟹肉饼
cream of chicken soup | Hühnercremesuppe | crème de poulet | crema de pollo | crema di pollo | creme de frango | クリームチキンスープ | 奶油鸡汤
cream of mushroom soup; mushroom soup | Pilzcremesuppe | crème de champignons | crema de champiñones | crema di funghi | creme de cogumelos | クリームマッシュルームスープ | 奶油蘑菇汤
crispy chicken sandwich | Crispy-Chicken-Sandwich | sandwich au poulet croustillant | sándwich de pollo crujiente | panino con pollo croccante | sanduíche de frango crocante | クリスピーチキンサンド | 香脆鸡肉汉堡
croque madame | Croque Madame | croque-madame | croque madame | croque madame | croque madame | クロックマダム | 库克太太三明治
croque monsieur | Croque Monsieur | croque-monsieur | croque monsieur | croque monsieur | croque monsieur | クロックムッシュ | 库克先生三明治
croquettes | Kroketten | croquettes | croquetas | crocchette | croquetes | コロッケ | 炸肉饼
curry with rice | Curry mit Reis | curry au riz | curry con arroz | curry con riso | curry com arroz | カレーライス | 咖喱饭
dal | Dal | dal | dal | dal | dal | ダール | 印度豆糊
dolma | Dolma | dolma | dolma | dolma | charutinhos de folha de uva | ドルマ | 葡萄叶卷
dosa | Dosa | dosa | dosa | dosa | dosa | ドーサ | 印度薄脆米饼
dumplings | Teigtaschen | raviolis chinois | empanadillas chinas | ravioli cinesi | bolinhos chineses | 餃子 | 饺子
egg drop soup | Eierblumensuppe | soupe aux œufs filés | sopa de huevo batido | zuppa di uova sfilacciate | sopa de ovos em fios | かき玉スープ | 蛋花汤
egg salad sandwich | Eiersalat-Sandwich | sandwich à la salade d'œufs | sándwich de ensalada de huevo | sandwich con insalata di uova | sanduíche de salada de ovo | 卵サンド | 鸡蛋沙拉三明治
eggs Benedict | Eier Benedict | œufs Bénédicte | huevos benedictinos | uova alla Benedict | ovos beneditinos | エッグベネディクト | 班尼迪克蛋
empanada | Empanada | empanada | empanada | empanada | empanada | エンパナーダ | 恩潘纳达馅饼
enchiladas | Enchiladas | enchiladas | enchiladas | enchiladas | enchiladas | エンチラーダ | 墨西哥辣酱卷饼
escargots | Weinbergschnecken | escargots | caracoles | lumache | escargots | エスカルゴ | 法式焗蜗牛
`;

/** Dishes, F to Z. */
export const MEALS_F_TO_Z = `
falafel wrap | Falafel-Wrap | wrap aux falafels | rollito de falafel | wrap di falafel | wrap de falafel | ファラフェルラップ | 鹰嘴豆丸子卷
fettuccine Alfredo | Fettuccine Alfredo | fettuccine Alfredo | fettuccine Alfredo | fettuccine Alfredo | fettuccine Alfredo | フェットチーネ・アルフレード | 奶油宽面
fish and chips | Fish and Chips | fish and chips | pescado frito con patatas | fish and chips | peixe frito com batatas fritas | フィッシュアンドチップス | 炸鱼薯条
fish sandwich | Fischbrötchen | sandwich au poisson | sándwich de pescado | panino con pesce | sanduíche de peixe | フィッシュサンド | 鱼肉三明治
foie gras | Stopfleber | foie gras | foie gras | foie gras | foie gras | フォアグラ | 鹅肝
French fries; fries | Pommes frites | frites | patatas fritas | patatine fritte | batatas fritas | フライドポテト | 薯条
French onion soup; onion soup | französische Zwiebelsuppe | soupe à l'oignon gratinée | sopa de cebolla francesa | zuppa di cipolle alla francese | sopa de cebola francesa | オニオングラタンスープ | 法式洋葱汤
fried calamari | frittierte Calamari | calamars frits | calamares fritos | calamari fritti | lulas fritas | イカのフライ | 炸鱿鱼圈
fried chicken | frittiertes Hähnchen | poulet frit | pollo frito | pollo fritto | frango frito | フライドチキン | 炸鸡
fried plantain | gebratene Kochbanane | banane plantain frite | plátano macho frito | platano fritto | banana-da-terra frita | 揚げプランテン | 炸大蕉
fried rice | gebratener Reis | riz frit | arroz frito | riso fritto | arroz frito | チャーハン | 炒饭
fufu | Fufu | foufou | fufú | fufu | fufu | フフ | 富富
full English breakfast | englisches Frühstück | petit-déjeuner anglais complet | desayuno inglés completo | colazione inglese completa | café da manhã inglês completo | イングリッシュブレックファスト | 英式早餐
garlic bread | Knoblauchbrot | pain à l'ail | pan de ajo | pane all'aglio | pão de alho | ガーリックブレッド | 蒜香面包
gazpacho | Gazpacho | gaspacho | gazpacho | gazpacho | gaspacho | ガスパチョ | 西班牙冷汤
General Tso's chicken; general tso chicken | General Tsos Hähnchen | poulet du général Tao | pollo del general Tso | pollo del generale Tso | frango do general Tso | 左宗棠鶏 | 左宗棠鸡
Greek salad | griechischer Salat | salade grecque | ensalada griega | insalata greca | salada grega | グリークサラダ | 希腊沙拉
grilled cheese sandwich | Käsetoast | sandwich au fromage grillé | sándwich de queso a la plancha | toast al formaggio | queijo quente | グリルドチーズサンド | 烤芝士三明治
gyoza | Gyoza | gyoza | gyozas | gyoza | guioza | 焼き餃子 | 日式煎饺
gyros pita | Gyros-Pita | pita gyros | pita de gyros | pita gyros | pita de gyros | ギロピタ | 希腊烤肉皮塔饼
ham and eggs | Schinken mit Ei | œufs au jambon | huevos con jamón | uova e prosciutto | ovos com presunto | ハムエッグ | 火腿煎蛋
hamburger; burger | Hamburger | hamburger | hamburguesa | hamburger | hambúrguer | ハンバーガー | 汉堡包
hash browns | Rösti | galettes de pommes de terre râpées | tortitas de patata rallada | frittelle di patate grattugiate | batata ralada frita | ハッシュブラウン | 薯饼
hot and sour soup | Sauer-scharf-Suppe | soupe aigre-piquante | sopa agripicante | zuppa agropiccante | sopa agripicante | 酸辣湯 | 酸辣汤
hot dog | Hotdog | hot-dog | perrito caliente | hot dog | cachorro-quente | ホットドッグ | 热狗
hot dogs | Hotdogs | hot-dogs | perritos calientes | hot dog | cachorros-quentes | ホットドッグ | 热狗
hot pot | Feuertopf | fondue chinoise | olla caliente china | fonduta cinese | fondue chinês | 火鍋 | 火锅
huevos rancheros | Huevos rancheros | huevos rancheros | huevos rancheros | huevos rancheros | huevos rancheros | ウエボスランチェロス | 墨西哥乡村煎蛋
hush puppies | Maismehlbällchen | beignets de maïs | buñuelos de maíz | frittelle di mais | bolinhos de fubá | ハッシュパピー | 炸玉米球
instant noodles | Instantnudeln | nouilles instantanées | fideos instantáneos | noodles istantanei | macarrão instantâneo | インスタントラーメン | 方便面
japchae | Japchae | japchae | japchae | japchae | japchae | チャプチェ | 韩式杂菜
jollof rice | Jollof-Reis | riz jollof | arroz jollof | riso jollof | arroz jollof | ジョロフライス | 西非辣椒炖饭
katsu curry | Katsu-Curry | curry katsu | curry katsu | katsu curry | katsu curry | カツカレー | 炸猪排咖喱饭
kebab plate | Kebabteller | assiette kebab | plato de kebab | piatto kebab | prato de kebab | ケバブプレート | 烤肉拼盘
kimbap | Kimbap | kimbap | kimbap | kimbap | kimbap | キンパ | 紫菜包饭
kimchi | Kimchi | kimchi | kimchi | kimchi | kimchi | キムチ | 泡菜
Korean barbecue | koreanisches Barbecue | barbecue coréen | barbacoa coreana | barbecue coreano | churrasco coreano | 韓国焼肉 | 韩式烤肉
Korean fried chicken | koreanisches frittiertes Hähnchen | poulet frit coréen | pollo frito coreano | pollo fritto coreano | frango frito coreano | ヤンニョムチキン | 韩式炸鸡
kung pao chicken | Kung-Pao-Hähnchen | poulet kung pao | pollo kung pao | pollo kung pao | frango kung pao | 宮保鶏丁 | 宫保鸡丁
laksa | Laksa | laksa | laksa | laksa | laksa | ラクサ | 叻沙
large cheeseburger with vegetables | großer Cheeseburger mit Gemüse | grand cheeseburger avec crudités | hamburguesa grande con queso y verduras | cheeseburger grande con verdure | cheeseburger grande com salada | 野菜入り大きなチーズバーガー | 蔬菜大芝士汉堡
lasagna; lasagne | Lasagne | lasagnes | lasaña | lasagne | lasanha | ラザニア | 千层面
lentil soup | Linsensuppe | soupe de lentilles | sopa de lentejas | zuppa di lenticchie | sopa de lentilha | レンズ豆のスープ | 扁豆汤
lo mein | Lo Mein | lo mein | lo mein | lo mein | lo mein | ローメン | 捞面
lobster bisque | Hummercremesuppe | bisque de homard | crema de bogavante | bisque di astice | bisque de lagosta | ロブスタービスク | 龙虾浓汤
lobster roll | Hummerbrötchen | sandwich au homard | bocadillo de bogavante | panino all'astice | sanduíche de lagosta | ロブスターロール | 龙虾卷
macaroni and cheese; mac and cheese | Makkaroni mit Käse | macaronis au fromage | macarrones con queso | maccheroni al formaggio | macarrão com queijo | マカロニチーズ | 奶酪通心粉
mapo tofu | Mapo Tofu | mapo tofu | mapo tofu | mapo tofu | mapo tofu | 麻婆豆腐 | 麻婆豆腐
meat loaf; plain meat loaf; meatloaf | Hackbraten | pain de viande | pastel de carne | polpettone | bolo de carne | ミートローフ | 肉糕
miso soup | Misosuppe | soupe miso | sopa de miso | zuppa di miso | missoshiru | 味噌汁 | 味噌汤
salad | Salat | salade | ensalada | insalata | salada | サラダ | 沙拉
mixed salad; garden salad | gemischter Salat | salade composée | ensalada mixta | insalata mista | salada mista | ミックスサラダ | 什锦沙拉
moussaka | Moussaka | moussaka | musaca | moussaka | moussaka | ムサカ | 希腊茄盒
mozzarella sticks | Mozzarella-Sticks | bâtonnets de mozzarella | palitos de mozzarella | bastoncini di mozzarella | palitos de muçarela | モッツァレラスティック | 炸芝士条
nachos | Nachos | nachos | nachos | nachos | nachos | ナチョス | 墨西哥玉米片
nasi lemak | Nasi Lemak | nasi lemak | nasi lemak | nasi lemak | nasi lemak | ナシレマ | 椰浆饭
okonomiyaki | Okonomiyaki | okonomiyaki | okonomiyaki | okonomiyaki | okonomiyaki | お好み焼き | 大阪烧
onigiri | Onigiri | onigiri | onigiri | onigiri | onigiri | おにぎり | 饭团
onion rings | Zwiebelringe | rondelles d'oignon frites | aros de cebolla | anelli di cipolla | anéis de cebola | オニオンリング | 洋葱圈
orange chicken | Orangenhähnchen | poulet à l'orange | pollo a la naranja | pollo all'arancia | frango com laranja | オレンジチキン | 陈皮鸡
overnight oats | Overnight Oats | porridge de nuit | avena reposada | overnight oats | aveia adormecida | オーバーナイトオーツ | 隔夜燕麦
packaged food | verpacktes Lebensmittel | aliment emballé | alimento envasado | alimento confezionato | alimento embalado | 包装食品 | 包装食品
pad thai | Pad Thai | pad thaï | pad thai | pad thai | pad thai | パッタイ | 泰式炒河粉
paella | Paella | paella | paella | paella | paella | パエリア | 西班牙海鲜饭
pakora | Pakora | pakora | pakora | pakora | pakora | パコラ | 印度炸蔬菜
palak paneer | Palak Paneer | palak paneer | palak paneer | palak paneer | palak paneer | パラクパニール | 菠菜奶酪咖喱
pasta salad | Nudelsalat | salade de pâtes | ensalada de pasta | insalata di pasta | salada de macarrão | パスタサラダ | 意面沙拉
pasta with pesto | Nudeln mit Pesto | pâtes au pesto | pasta al pesto | pasta al pesto | macarrão ao pesto | ジェノベーゼパスタ | 青酱意面
Peking duck | Pekingente | canard laqué de Pékin | pato pekinés | anatra alla pechinese | pato à Pequim | 北京ダック | 北京烤鸭
Philly cheesesteak | Philly Cheesesteak | Philly cheesesteak | bocadillo Philly cheesesteak | Philly cheesesteak | sanduíche Philly cheesesteak | フィリーチーズステーキ | 费城芝士牛排三明治
pho | Pho | phở | pho | pho | pho | フォー | 越南河粉
pierogi | Piroggen | pierogis | pierogi | pierogi | pierogi | ピエロギ | 波兰饺子
pizza | Pizza | pizza | pizza | pizza | pizza | ピザ | 披萨
pizza (cheese); cheese pizza | Käsepizza | pizza au fromage | pizza de queso | pizza al formaggio | pizza de queijo | チーズピザ | 芝士披萨
pizza (pepperoni); pepperoni pizza | Salamipizza | pizza au pepperoni | pizza de pepperoni | pizza al salame piccante | pizza de pepperoni | ペパロニピザ | 意式辣香肠披萨
pizza (supreme); supreme pizza | Pizza Speciale | pizza suprême | pizza suprema | pizza farcita | pizza suprema | スプリームピザ | 至尊披萨
poke bowl | Poké-Bowl | poké bowl | poke bowl | poke bowl | poke | ポケボウル | 夏威夷鱼生饭
pot pie; chicken pot pie | Hähnchenpastete | tourte au poulet | pastel de pollo | pasticcio di pollo in crosta | torta de frango | ポットパイ | 鸡肉派
pot roast with vegetables | Schmorbraten mit Gemüse | bœuf braisé aux légumes | estofado de ternera con verduras | brasato con verdure | carne de panela com legumes | ポットローストと野菜 | 炖牛肉配蔬菜
potato puffs; tater tots | Kartoffelbällchen | boulettes de pommes de terre | bocaditos de patata | crocchette di patate | bolinhos de batata ralada | テイタートッツ | 土豆球
potato salad | Kartoffelsalat | salade de pommes de terre | ensalada de patata | insalata di patate | salada de batata | ポテトサラダ | 土豆沙拉
poutine | Poutine | poutine | poutine | poutine | poutine | プーティン | 肉汁奶酪薯条
pulled pork sandwich | Pulled-Pork-Sandwich | sandwich au porc effiloché | sándwich de cerdo desmenuzado | panino con maiale sfilacciato | sanduíche de porco desfiado | プルドポークサンド | 手撕猪肉三明治
pumpkin soup | Kürbissuppe | soupe au potiron | crema de calabaza | vellutata di zucca | sopa de abóbora | かぼちゃスープ | 南瓜汤
quiche | Quiche | quiche | quiche | quiche | quiche | キッシュ | 法式咸派
ramen | Ramen | ramen | ramen | ramen | lámen | ラーメン | 日式拉面
rice and beans; beans and rice | Reis mit Bohnen | riz aux haricots | arroz con frijoles | riso e fagioli | arroz com feijão | ライス＆ビーンズ | 豆子饭
risotto | Risotto | risotto | risotto | risotto | risoto | リゾット | 意大利烩饭
salmon with rice and vegetables | Lachs mit Reis und Gemüse | saumon au riz et aux légumes | salmón con arroz y verduras | salmone con riso e verdure | salmão com arroz e legumes | サーモンとごはんと野菜 | 三文鱼米饭配蔬菜
samosa | Samosa | samoussa | samosa | samosa | samosa | サモサ | 咖喱角
sandwich | Sandwich | sandwich | sándwich | panino | sanduíche | サンドイッチ | 三明治
sandwiches | Sandwiches | sandwichs | sándwiches | panini | sanduíches | サンドイッチ | 三明治
sandwich (ham and cheese); ham and cheese sandwich | Schinken-Käse-Sandwich | sandwich jambon-fromage | sándwich de jamón y queso | panino prosciutto e formaggio | sanduíche de presunto e queijo | ハムチーズサンド | 火腿奶酪三明治
sashimi | Sashimi | sashimi | sashimi | sashimi | sashimi | 刺身 | 刺身
satay | Saté-Spieße | satay | satay | satay | satay | サテ | 沙爹
sausage roll | Würstchen im Blätterteig | friand à la saucisse | rollito de salchicha | rustico con salsiccia | folhado de salsicha | ソーセージロール | 香肠卷
sausage with mashed potato; bangers and mash | Würstchen mit Kartoffelpüree | saucisses purée | salchichas con puré de patatas | salsicce con purè | linguiça com purê de batata | ソーセージ＆マッシュポテト | 香肠土豆泥
seaweed salad | Algensalat | salade d'algues | ensalada de algas | insalata di alghe | salada de algas | 海藻サラダ | 海藻沙拉
shakshuka | Schakschuka | chakchouka | shakshuka | shakshuka | chakchuka | シャクシュカ | 北非蛋
shepherd's pie | Shepherd's Pie | hachis Parmentier | pastel del pastor | pasticcio di carne e patate | shepherd's pie | シェパーズパイ | 牧羊人派
shrimp and grits | Garnelen mit Maisgrütze | crevettes au gruau de maïs | gambas con sémola de maíz | gamberi con polenta bianca | camarão com canjiquinha | シュリンプ＆グリッツ | 虾仁玉米粥
smoothie bowl | Smoothie-Bowl | smoothie bowl | bol de batido | smoothie bowl | smoothie bowl | スムージーボウル | 思慕雪碗
taco | Taco | taco | taco | taco | taco | タコス | 塔可
soft taco | Taco mit weicher Tortilla | taco souple | taco blando | taco morbido | taco macio | ソフトタコス | 软塔可
spaghetti and meatballs; spaghetti with meatballs | Spaghetti mit Fleischbällchen | spaghettis aux boulettes | espaguetis con albóndigas | spaghetti con polpette | espaguete com almôndegas | ミートボールスパゲッティ | 肉丸意面
spaghetti bolognese | Spaghetti Bolognese | spaghettis à la bolognaise | espaguetis a la boloñesa | spaghetti alla bolognese | espaguete à bolonhesa | スパゲッティボロネーゼ | 意大利肉酱面
spaghetti carbonara | Spaghetti Carbonara | spaghettis à la carbonara | espaguetis a la carbonara | spaghetti alla carbonara | espaguete à carbonara | カルボナーラ | 奶油培根意面
spaghetti with tomato sauce | Spaghetti mit Tomatensauce | spaghettis à la sauce tomate | espaguetis con salsa de tomate | spaghetti al pomodoro | espaguete ao sugo | トマトソーススパゲッティ | 番茄酱意面
spanakopita | Spanakopita | spanakopita | spanakopita | spanakopita | spanakopita | スパナコピタ | 希腊菠菜派
split pea soup | Erbsensuppe | soupe de pois cassés | sopa de guisantes partidos | zuppa di piselli spezzati | sopa de ervilha | スプリットピースープ | 豌豆浓汤
spring rolls; egg rolls | Frühlingsrollen | rouleaux de printemps frits | rollitos de primavera | involtini primavera | rolinhos primavera | 春巻き | 春卷
steak tartare | Rindertatar | steak tartare | steak tartar | tartare di manzo | steak tartare | タルタルステーキ | 鞑靼牛肉
steak with fries; steak and fries; steak frites | Steak mit Pommes | steak frites | filete con patatas fritas | bistecca con patatine | bife com batatas fritas | ステーキ＆ポテト | 牛排配薯条
steamed bun; bao bun | gedämpftes Hefebrötchen | petit pain vapeur | panecillo al vapor | panino al vapore | pãozinho no vapor | 蒸しまんじゅう | 包子
stuffed jalapenos | gefüllte Jalapeños | jalapeños farcis | jalapeños rellenos | jalapeños ripieni | jalapeños recheados | ハラペーニョの詰め物 | 酿墨西哥辣椒
stuffed peppers | gefüllte Paprika | poivrons farcis | pimientos rellenos | peperoni ripieni | pimentões recheados | ピーマンの肉詰め | 酿甜椒
submarine sandwich | Sub-Sandwich | sandwich sous-marin | bocadillo submarino | panino imbottito | sanduíche submarino | サブマリンサンド | 潜艇三明治
summer rolls | Sommerrollen | rouleaux de printemps frais | rollitos de verano | involtini estivi | rolinhos de verão | 生春巻き | 越南春卷
sushi | Sushi | sushi | sushi | sushi | sushi | 寿司 | 寿司
sweet and sour pork | Schweinefleisch süßsauer | porc à la sauce aigre-douce | cerdo agridulce | maiale in agrodolce | porco agridoce | 酢豚 | 糖醋里脊
tabbouleh | Taboulé | taboulé | tabulé | tabulè | tabule | タブーレ | 塔布勒沙拉
tacos | Tacos | tacos | tacos | tacos | tacos | タコス | 墨西哥塔可
tagine | Tajine | tajine | tajín | tajine | tajine | タジン | 塔吉锅炖菜
takoyaki | Takoyaki | takoyaki | takoyaki | takoyaki | takoyaki | たこ焼き | 章鱼烧
tamale | Tamal | tamal | tamal | tamal | tamal | タマル | 墨西哥粽子
tandoori chicken | Tandoori-Hähnchen | poulet tandoori | pollo tandoori | pollo tandoori | frango tandoori | タンドリーチキン | 印度烤鸡
tempura | Tempura | tempura | tempura | tempura | tempurá | 天ぷら | 天妇罗
teriyaki chicken; chicken teriyaki | Teriyaki-Hähnchen | poulet teriyaki | pollo teriyaki | pollo teriyaki | frango teriyaki | 照り焼きチキン | 照烧鸡
Thai green curry; green curry | grünes Thai-Curry | curry vert thaï | curry verde tailandés | curry verde thailandese | curry verde tailandês | グリーンカレー | 泰式绿咖喱
tom yum soup; tom yum | Tom-Yam-Suppe | soupe tom yum | sopa tom yum | zuppa tom yum | sopa tom yum | トムヤムクン | 冬阴功汤
tomato soup | Tomatensuppe | soupe à la tomate | sopa de tomate | zuppa di pomodoro | sopa de tomate | トマトスープ | 番茄汤
tteokbokki | Tteokbokki | tteokbokki | tteokbokki | tteokbokki | tteokbokki | トッポッキ | 辣炒年糕
tuna salad | Thunfischsalat | salade de thon | ensalada de atún | insalata di tonno | salada de atum | ツナサラダ | 金枪鱼沙拉
tuna sandwich | Thunfischsandwich | sandwich au thon | sándwich de atún | panino al tonno | sanduíche de atum | ツナサンド | 金枪鱼三明治
tuna tartare | Thunfischtatar | tartare de thon | tartar de atún | tartare di tonno | tartare de atum | まぐろのタルタル | 金枪鱼塔塔
udon soup | Udon-Suppe | soupe udon | sopa de udon | zuppa di udon | sopa de udon | うどん | 乌冬汤面
vegetable soup | Gemüsesuppe | soupe de légumes | sopa de verduras | zuppa di verdure | sopa de legumes | 野菜スープ | 蔬菜汤
wonton soup | Wan-Tan-Suppe | soupe wonton | sopa wonton | zuppa di wonton | sopa wonton | ワンタンスープ | 馄饨汤
`;
