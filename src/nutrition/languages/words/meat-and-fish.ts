/** Meat, sausages, fish, seafood and soya; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const MEAT_AND_FISH = `
bacon; bacon bits | Speck | bacon | beicon | pancetta affumicata | bacon | ベーコン | 培根
Canadian bacon | kanadischer Speck | bacon canadien | beicon canadiense | bacon canadese | bacon canadense | カナディアンベーコン | 加拿大培根
turkey bacon | Putenspeck | bacon de dinde | beicon de pavo | bacon di tacchino | bacon de peru | ターキーベーコン | 火鸡培根
baby back ribs; roasted back ribs | Schweinerippchen | travers de porc | costillas de cerdo | costine di maiale | costelinha de porco | ベビーバックリブ | 猪小排
spareribs; pork ribs; ribs | Spareribs | côtes levées de porc | costillas de cerdo | puntine di maiale | costela de porco | スペアリブ | 排骨
beef | Rindfleisch | bœuf | ternera | manzo | carne bovina | 牛肉 | 牛肉
roast beef | Rinderbraten | rôti de bœuf | rosbif | arrosto di manzo | rosbife | ローストビーフ | 烤牛肉
beef brisket | Rinderbrust | poitrine de bœuf | pecho de ternera | punta di petto di manzo | peito bovino | 牛ブリスケット | 牛胸肉
beef frankfurter | Rinder-Frankfurter | saucisse de Francfort au bœuf | salchicha de Fráncfort de ternera | würstel di manzo | salsicha bovina | ビーフフランクフルト | 牛肉法兰克福香肠
beef jerky | Trockenfleisch vom Rind | bœuf séché | cecina de ternera | carne secca di manzo | carne-seca | ビーフジャーキー | 牛肉干
beef liver | Rinderleber | foie de bœuf | hígado de ternera | fegato di manzo | fígado bovino | 牛レバー | 牛肝
beef steak; steak; sirloin steak | Rindersteak | steak de bœuf | filete de ternera | bistecca di manzo | bife | ビーフステーキ | 牛排
bison | Bison | bison | bisonte | bisonte | bisão | バイソン肉 | 野牛肉
bologna | Lyoner | mortadelle américaine | mortadela | mortadella americana | mortadela | ボローニャソーセージ | 博洛尼亚香肠
braised beef | geschmortes Rindfleisch | bœuf braisé | ternera estofada | manzo brasato | carne bovina ensopada | 牛肉の煮込み | 炖牛肉
braised short ribs | geschmorte Rinderrippen | côtes de bœuf braisées | costillas de ternera estofadas | costine di manzo brasate | costela bovina ensopada | 牛カルビの煮込み | 炖牛小排
chicken | Hähnchen | poulet | pollo | pollo | frango | 鶏肉 | 鸡肉
roast chicken | Brathähnchen | poulet rôti | pollo asado | pollo arrosto | frango assado | ローストチキン | 烤鸡
chicken breast | Hähnchenbrust | blanc de poulet | pechuga de pollo | petto di pollo | peito de frango | 鶏むね肉 | 鸡胸肉
grilled chicken breast | gegrillte Hähnchenbrust | blanc de poulet grillé | pechuga de pollo a la plancha | petto di pollo alla griglia | peito de frango grelhado | グリルチキン | 烤鸡胸肉
raw chicken breast | rohe Hähnchenbrust | blanc de poulet cru | pechuga de pollo cruda | petto di pollo crudo | peito de frango cru | 生の鶏むね肉 | 生鸡胸肉
breaded chicken cutlet | paniertes Hähnchenschnitzel | escalope de poulet panée | filete de pollo empanado | cotoletta di pollo | filé de frango empanado | チキンカツ | 炸鸡排
chicken drumstick | Hähnchenunterkeule | pilon de poulet | muslo de pollo | fusello di pollo | coxa de frango | 鶏ドラムスティック | 鸡腿
chicken liver | Hühnerleber | foie de volaille | hígado de pollo | fegato di pollo | fígado de frango | 鶏レバー | 鸡肝
chicken liver pate | Geflügelleberpastete | pâté de foie de volaille | paté de hígado de pollo | paté di fegato di pollo | patê de fígado de frango | 鶏レバーパテ | 鸡肝酱
chicken nuggets | Chicken Nuggets | nuggets de poulet | nuggets de pollo | crocchette di pollo | nuggets de frango | チキンナゲット | 鸡块
chicken sausage | Hähnchenwurst | saucisse de poulet | salchicha de pollo | salsiccia di pollo | linguiça de frango | チキンソーセージ | 鸡肉香肠
chicken tenders | panierte Hähnchenstreifen | aiguillettes de poulet panées | tiras de pollo empanadas | filetti di pollo impanati | tiras de frango empanadas | チキンテンダー | 炸鸡柳
chicken thigh; roasted chicken thighs | Hähnchenschenkel | haut de cuisse de poulet | contramuslo de pollo | sovraccoscia di pollo | sobrecoxa de frango | 鶏もも肉 | 鸡大腿
roast chicken thigh meat | gebratenes Hähnchenschenkelfleisch | chair de cuisse de poulet rôti | carne de muslo de pollo asado | carne di coscia di pollo arrosto | carne de sobrecoxa de frango assada | ローストした鶏もも肉 | 烤鸡腿肉
chicken wings | Hähnchenflügel | ailes de poulet | alitas de pollo | ali di pollo | asas de frango | 手羽先 | 鸡翅
battered chicken wing | Hähnchenflügel im Teigmantel | aile de poulet en beignet | alita de pollo rebozada | ala di pollo in pastella | asa de frango empanada | 手羽先の衣揚げ | 裹粉炸鸡翅
roasted chicken wing | gebratener Hähnchenflügel | aile de poulet rôtie | alita de pollo asada | ala di pollo arrosto | asa de frango assada | ローストした手羽先 | 烤鸡翅
chorizo | Chorizo | chorizo | chorizo | chorizo | chouriço | チョリソ | 西班牙辣香肠
corned beef | Corned Beef | corned-beef | carne en conserva | corned beef | carne enlatada | コンビーフ | 腌牛肉
filet mignon | Filet Mignon | filet mignon | solomillo de ternera | filetto di manzo | filé mignon | フィレミニョン | 菲力牛排
flank steak | Flanksteak | bavette de bœuf | falda de ternera | bavetta di manzo | fraldinha | フランクステーキ | 牛腹排
frankfurter | Frankfurter Würstchen | saucisse de Francfort | salchicha de Fráncfort | würstel | salsicha | フランクフルト | 法兰克福香肠
goat meat | Ziegenfleisch | viande de chèvre | carne de cabra | carne di capra | carne de cabra | 山羊肉 | 山羊肉
ground beef; cooked ground beef | Rinderhackfleisch | bœuf haché | carne picada de ternera | macinato di manzo | carne moída | 牛ひき肉 | 牛肉末
lean ground beef | mageres Rinderhackfleisch | bœuf haché maigre | carne picada magra de ternera | macinato magro di manzo | carne moída magra | 赤身の牛ひき肉 | 瘦牛肉末
raw lean ground beef | rohes mageres Rinderhackfleisch | bœuf haché maigre cru | carne picada magra cruda | macinato magro di manzo crudo | carne moída magra crua | 生の赤身牛ひき肉 | 生瘦牛肉末
ground beef patty | Rinderhacksteak | steak haché | hamburguesa de ternera | hamburger di manzo | hambúrguer bovino | ビーフパティ | 牛肉饼
ground chicken | Hähnchenhackfleisch | poulet haché | carne picada de pollo | macinato di pollo | frango moído | 鶏ひき肉 | 鸡肉末
ground lamb | Lammhackfleisch | agneau haché | carne picada de cordero | macinato di agnello | carne moída de cordeiro | ラムひき肉 | 羊肉末
ground pork | Schweinehackfleisch | porc haché | carne picada de cerdo | macinato di maiale | carne suína moída | 豚ひき肉 | 猪肉末
ground turkey | Putenhackfleisch | dinde hachée | carne picada de pavo | macinato di tacchino | peru moído | 七面鳥ひき肉 | 火鸡肉末
ham; sliced ham | Schinken | jambon | jamón cocido | prosciutto cotto | presunto | ハム | 火腿
kielbasa | polnische Wurst | saucisse polonaise | salchicha polaca | salsiccia polacca | linguiça polonesa | キルバサ | 波兰香肠
lamb | Lammfleisch | agneau | cordero | agnello | cordeiro | ラム肉 | 羊肉
roast lamb | Lammbraten | agneau rôti | cordero asado | agnello arrosto | cordeiro assado | ローストラム | 烤羊肉
lamb chop | Lammkotelett | côtelette d'agneau | chuleta de cordero | costoletta d'agnello | costeleta de cordeiro | ラムチョップ | 羊排
lamb chops | Lammkoteletts | côtelettes d'agneau | chuletas de cordero | costolette d'agnello | costeletas de cordeiro | ラムチョップ | 羊排
braised lamb cubes | geschmorte Lammwürfel | dés d'agneau braisés | dados de cordero estofado | bocconcini di agnello brasati | cubos de cordeiro ensopados | ラムの角切り煮込み | 炖羊肉块
grilled lamb cubes | gegrillte Lammwürfel | dés d'agneau grillés | dados de cordero a la parrilla | bocconcini di agnello alla griglia | cubos de cordeiro grelhados | ラムの角切りグリル | 烤羊肉块
meatballs | Fleischbällchen | boulettes de viande | albóndigas | polpette | almôndegas | ミートボール | 肉丸
Italian meatballs | italienische Fleischbällchen | boulettes à l'italienne | albóndigas italianas | polpette all'italiana | almôndegas italianas | イタリアンミートボール | 意式肉丸
Italian sausage | italienische Bratwurst | saucisse italienne | salchicha italiana | salsiccia italiana | linguiça italiana | イタリアンソーセージ | 意大利香肠
pastrami | Pastrami | pastrami | pastrami | pastrami | pastrami | パストラミ | 五香烟熏牛肉
pepperoni | Peperoni-Salami | saucisson pepperoni | pepperoni | salame piccante | pepperoni | ペパロニ | 意式辣香肠
pork | Schweinefleisch | porc | cerdo | maiale | carne de porco | 豚肉 | 猪肉
roast pork | Schweinebraten | rôti de porc | cerdo asado | arrosto di maiale | porco assado | ローストポーク | 烤猪肉
pork chop | Schweinekotelett | côtelette de porc | chuleta de cerdo | braciola di maiale | bisteca de porco | ポークチョップ | 猪排
grilled pork chop | gegrilltes Schweinekotelett | côtelette de porc grillée | chuleta de cerdo a la parrilla | braciola di maiale alla griglia | bisteca de porco grelhada | ポークチョップのグリル | 烤猪排
pork tenderloin | Schweinefilet | filet mignon de porc | solomillo de cerdo | filetto di maiale | lombinho de porco | 豚ヒレ肉 | 猪里脊
pulled pork in barbecue sauce | Pulled Pork in Barbecuesauce | porc effiloché sauce barbecue | cerdo desmenuzado con salsa barbacoa | maiale sfilacciato in salsa barbecue | porco desfiado ao molho barbecue | バーベキューソースのプルドポーク | 烧烤酱手撕猪肉
prime rib | Hochrippenbraten | côte de bœuf rôtie | costillar de ternera asado | costata di manzo arrosto | costela de boi premium assada | プライムリブ | 烤牛肋排
prosciutto | Prosciutto | prosciutto | jamón curado italiano | prosciutto crudo | presunto cru | プロシュート | 意大利生火腿
rabbit | Kaninchen | lapin | conejo | coniglio | coelho | うさぎ肉 | 兔肉
ribeye steak | Ribeye-Steak | entrecôte | entrecot | bistecca di costata | bife ancho | リブアイステーキ | 肋眼牛排
roast duck | Entenbraten | canard rôti | pato asado | anatra arrosto | pato assado | ローストダック | 烤鸭
turkey | Putenfleisch | dinde | pavo | tacchino | peru | 七面鳥 | 火鸡
roast turkey | Putenbraten | dinde rôtie | pavo asado | tacchino arrosto | peru assado | ローストターキー | 烤火鸡
roast turkey breast; turkey breast; sliced turkey breast | Putenbrust | blanc de dinde | pechuga de pavo | petto di tacchino | peito de peru | 七面鳥のむね肉 | 火鸡胸肉
salami | Salami | salami | salami | salame | salame | サラミ | 萨拉米香肠
sausage | Wurst | saucisse | salchicha | salsiccia | linguiça | ソーセージ | 香肠
breakfast sausage | Frühstückswürstchen | saucisse de petit-déjeuner | salchicha de desayuno | salsiccia da colazione | linguiça de café da manhã | ブレックファストソーセージ | 早餐香肠
turkey sausage | Putenwurst | saucisse de dinde | salchicha de pavo | salsiccia di tacchino | linguiça de peru | ターキーソーセージ | 火鸡香肠
schnitzel | Schnitzel | escalope panée | escalope empanado | cotoletta | bife à milanesa | シュニッツェル | 炸猪排
skirt steak | Skirt-Steak | hampe de bœuf | entraña | diaframma di manzo | entranha | ハラミステーキ | 裙牛排
raw beef tenderloin | rohes Rinderfilet | filet de bœuf cru | solomillo de ternera crudo | filetto di manzo crudo | filé mignon cru | 生の牛ヒレ肉 | 生牛里脊
venison | Hirschfleisch | viande de cerf | carne de ciervo | carne di cervo | carne de veado | 鹿肉 | 鹿肉
albacore tuna | Weißer Thun | thon germon | atún blanco | tonno alalunga | atum-branco | びんちょうまぐろ | 长鳍金枪鱼
anchovies | Sardellen | anchois | anchoas | acciughe | anchovas | アンチョビ | 凤尾鱼
blue crab; crab | Krabbe | crabe | cangrejo | granchio | caranguejo | かに | 螃蟹
canned salmon | Lachs aus der Dose | saumon en conserve | salmón en conserva | salmone in scatola | salmão enlatado | 鮭の缶詰 | 三文鱼罐头
canned tuna | Thunfisch aus der Dose | thon en conserve | atún en conserva | tonno in scatola | atum enlatado | ツナ缶 | 金枪鱼罐头
catfish | Wels | poisson-chat | bagre | pesce gatto | bagre | なまず | 鲶鱼
caviar | Kaviar | caviar | caviar | caviale | caviar | キャビア | 鱼子酱
clams | Venusmuscheln | palourdes | almejas | vongole | amêijoas | あさり | 蛤蜊
raw cod | roher Kabeljau | cabillaud cru | bacalao fresco crudo | merluzzo crudo | bacalhau fresco cru | 生たら | 生鳕鱼
cod; cod fillet | Kabeljau | cabillaud | bacalao fresco | merluzzo | bacalhau fresco | たら | 鳕鱼
crayfish | Flusskrebse | écrevisses | cangrejos de río | gamberi di fiume | lagostins de rio | ざりがに | 小龙虾
eel | Aal | anguille | anguila | anguilla | enguia | うなぎ | 鳗鱼
fish | Fisch | poisson | pescado | pesce | peixe | 魚 | 鱼
white fish | weißer Fisch | poisson blanc | pescado blanco | pesce bianco | peixe branco | 白身魚 | 白肉鱼
fish fingers; fish sticks | Fischstäbchen | bâtonnets de poisson | palitos de pescado | bastoncini di pesce | palitos de peixe | フィッシュフィンガー | 炸鱼条
fried fish; battered fish | frittierter Fisch | poisson frit | pescado frito | pesce fritto | peixe frito | 魚のフライ | 炸鱼
flounder | Flunder | flet | platija | passera di mare | linguado | かれい | 比目鱼
haddock | Schellfisch | églefin | eglefino | eglefino | hadoque | ハドック | 黑线鳕
halibut | Heilbutt | flétan | fletán | halibut | alabote | おひょう | 大比目鱼
imitation crab | Surimi | surimi | surimi | surimi | kani kama | かにかまぼこ | 蟹肉棒
king crab legs | Königskrabbenbeine | pattes de crabe royal | patas de cangrejo real | chele di granchio reale | pernas de caranguejo-real | タラバガニの脚 | 帝王蟹腿
lobster | Hummer | homard | bogavante | astice | lagosta | ロブスター | 龙虾
mackerel | Makrele | maquereau | caballa | sgombro | cavala | さば | 鲭鱼
mussels | Miesmuscheln | moules | mejillones | cozze | mexilhões | ムール貝 | 贻贝
octopus | Krake | poulpe | pulpo | polpo | polvo | たこ | 章鱼
oysters | Austern | huîtres | ostras | ostriche | ostras | 牡蠣 | 牡蛎
pickled herring | eingelegter Hering | hareng mariné | arenque en escabeche | aringa marinata | arenque em conserva | にしんの酢漬け | 腌鲱鱼
pollock | Seelachs | lieu | abadejo | merluzzo pollack | escamudo | すけとうだら | 狭鳕
salmon | Lachs | saumon | salmón | salmone | salmão | サーモン | 三文鱼
baked salmon | gebackener Lachs | saumon au four | salmón al horno | salmone al forno | salmão assado | サーモンのオーブン焼き | 烘烤三文鱼
grilled salmon | gegrillter Lachs | saumon grillé | salmón a la plancha | salmone alla griglia | salmão grelhado | 焼き鮭 | 烤三文鱼
raw salmon | roher Lachs | saumon cru | salmón crudo | salmone crudo | salmão cru | 生サーモン | 生三文鱼
smoked salmon | Räucherlachs | saumon fumé | salmón ahumado | salmone affumicato | salmão defumado | スモークサーモン | 烟熏三文鱼
sardines | Sardinen | sardines | sardinas | sardine | sardinhas | いわし | 沙丁鱼
scallops | Jakobsmuscheln | noix de Saint-Jacques | vieiras | capesante | vieiras | ほたて | 扇贝
sea bass | Wolfsbarsch | bar | lubina | branzino | robalo | シーバス | 海鲈鱼
shrimp; prawns | Garnelen | crevettes | gambas | gamberetti | camarões | えび | 虾
fried shrimp | frittierte Garnelen | crevettes frites | gambas fritas | gamberi fritti | camarão frito | えびフライ | 炸虾
raw shrimp | rohe Garnelen | crevettes crues | gambas crudas | gamberi crudi | camarão cru | 生えび | 生虾
snails | Schnecken | escargots | caracoles | lumache | caracóis | エスカルゴ | 蜗牛
snapper | Schnapper | vivaneau | pargo | lutiano | pargo | フエダイ | 笛鲷
spiny lobster | Languste | langouste | langosta | aragosta | lagosta-espinhosa | 伊勢海老 | 刺龙虾
swordfish | Schwertfisch | espadon | pez espada | pesce spada | espadarte | めかじき | 剑鱼
tilapia | Tilapia | tilapia | tilapia | tilapia | tilápia | ティラピア | 罗非鱼
trout | Forelle | truite | trucha | trota | truta | ます | 鳟鱼
tuna | Thunfisch | thon | atún | tonno | atum | まぐろ | 金枪鱼
tuna steak | Thunfischsteak | steak de thon | filete de atún | trancio di tonno | bife de atum | まぐろステーキ | 金枪鱼排
raw tuna | roher Thunfisch | thon cru | atún crudo | tonno crudo | atum cru | 生まぐろ | 生金枪鱼
falafel | Falafel | falafel | falafel | falafel | falafel | ファラフェル | 炸鹰嘴豆丸子
fried tofu | frittierter Tofu | tofu frit | tofu frito | tofu fritto | tofu frito | 油揚げ | 炸豆腐
soft tofu | Seidentofu | tofu soyeux | tofu blando | tofu morbido | tofu macio | 絹ごし豆腐 | 嫩豆腐
tofu | Tofu | tofu | tofu | tofu | tofu | 豆腐 | 豆腐
natto | Natto | natto | natto | natto | natô | 納豆 | 纳豆
tempeh | Tempeh | tempeh | tempeh | tempeh | tempeh | テンペ | 天贝
veggie burger patty | Gemüsebratling | galette végétarienne | hamburguesa vegetal | burger vegetale | hambúrguer vegetal | ベジバーガーパティ | 素肉饼
`;
