/** Bread, cereals, rice, pasta and flours; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const GRAINS = `
bagel | Bagel | bagel | bagel | bagel | bagel | ベーグル | 贝果
bread | Brot | pain | pan | pane | pão | パン | 面包
breadcrumbs | Semmelbrösel | chapelure | pan rallado | pangrattato | farinha de rosca | パン粉 | 面包屑
brioche | Brioche | brioche | brioche | brioche | brioche | ブリオッシュ | 布里欧面包
brown rice | Naturreis | riz complet | arroz integral | riso integrale | arroz integral | 玄米 | 糙米饭
buckwheat | Buchweizen | sarrasin | trigo sarraceno | grano saraceno | trigo-sarraceno | そばの実 | 荞麦
bulgur | Bulgur | boulgour | bulgur | bulgur | trigo para quibe | ブルグル | 碾碎干小麦
chapati | Chapati | chapati | chapati | chapati | chapati | チャパティ | 印度薄饼
chickpea flour | Kichererbsenmehl | farine de pois chiches | harina de garbanzo | farina di ceci | farinha de grão-de-bico | ひよこ豆粉 | 鹰嘴豆粉
corn flakes | Cornflakes | flocons de maïs | copos de maíz | corn flakes | flocos de milho | コーンフレーク | 玉米片
corn tortilla; corn tortillas | Maistortilla | tortilla de maïs | tortilla de maíz | tortilla di mais | tortilha de milho | コーントルティーヤ | 玉米薄饼
cornbread | Maisbrot | pain de maïs | pan de maíz | pane di mais | pão de milho | コーンブレッド | 玉米面包
cornmeal | Maismehl | semoule de maïs | harina de maíz | farina di mais | fubá | コーンミール | 玉米粉
couscous | Couscous | couscous | cuscús | cous cous | cuscuz marroquino | クスクス | 古斯米
crackers; saltines | Cracker | crackers | galletas saladas | cracker | bolachas salgadas | クラッカー | 咸饼干
croissant | Croissant | croissant | cruasán | croissant | croissant | クロワッサン | 可颂
croutons | Croûtons | croûtons | picatostes | crostini | croutons | クルトン | 烤面包丁
dinner roll | Brötchen | petit pain | panecillo | panino da tavola | pãozinho | ロールパン | 小餐包
dough | Teig | pâte | masa | impasto | massa | 生地 | 面团
dry glass noodles | Glasnudeln, trocken | vermicelles de soja secs | fideos de cristal secos | spaghetti di soia secchi | macarrão de feijão seco | 春雨（乾） | 干粉丝
dry instant noodles | Instantnudeln, trocken | nouilles instantanées sèches | fideos instantáneos secos | noodles istantanei secchi | macarrão instantâneo seco | インスタント麺（乾） | 干方便面
egg noodles | Eiernudeln | nouilles aux œufs | fideos de huevo | tagliatelle all'uovo | macarrão com ovos | 卵麺 | 鸡蛋面
English muffin | englischer Muffin | muffin anglais | muffin inglés | muffin inglese | muffin inglês | イングリッシュマフィン | 英式松饼
flour tortilla; flour tortillas; tortilla | Weizentortilla | tortilla de blé | tortilla de trigo | tortilla di frumento | tortilha de trigo | フラワートルティーヤ | 小麦薄饼
focaccia | Focaccia | focaccia | focaccia | focaccia | focaccia | フォカッチャ | 佛卡夏面包
French bread; baguette | Baguette | baguette | pan francés | baguette | pão francês | フランスパン | 法棍
gnocchi | Gnocchi | gnocchis | ñoquis | gnocchi | nhoque | ニョッキ | 意式土豆团子
granola | Granola | granola | granola | granola | granola | グラノーラ | 格兰诺拉麦片
grits | Maisgrütze | gruau de maïs | sémola de maíz | polenta bianca | canjiquinha | グリッツ | 玉米糁粥
hamburger bun | Hamburgerbrötchen | pain à hamburger | pan de hamburguesa | panino per hamburger | pão de hambúrguer | ハンバーガーバンズ | 汉堡面包
Italian bread | italienisches Weißbrot | pain italien | pan italiano | pane italiano | pão italiano | イタリアパン | 意大利面包
millet | Hirse | millet | mijo | miglio | painço | きび | 小米
multigrain bread | Mehrkornbrot | pain multicéréales | pan multicereales | pane multicereali | pão multigrãos | 雑穀パン | 杂粮面包
naan; naan bread | Naan | naan | pan naan | pane naan | pão naan | ナン | 印度馕饼
oatmeal; porridge | Haferbrei | porridge | gachas de avena | porridge | mingau de aveia | オートミール | 燕麦粥
oat ring cereal | Haferringe | anneaux d'avoine | aros de avena | anelli di avena | cereal de argolas de aveia | オーツリングシリアル | 燕麦圈
rolled oats | Haferflocken | flocons d'avoine | copos de avena | fiocchi d'avena | aveia em flocos | オートフレーク | 燕麦片
paratha | Paratha | paratha | paratha | paratha | paratha | パラーター | 印度飞饼
plain pasta; pasta; penne pasta | Nudeln | pâtes | pasta | pasta | macarrão | パスタ | 意大利面
whole wheat pasta | Vollkornnudeln | pâtes complètes | pasta integral | pasta integrale | macarrão integral | 全粒粉パスタ | 全麦意大利面
spaghetti | Spaghetti | spaghettis | espaguetis | spaghetti | espaguete | スパゲッティ | 意大利细面
pearl barley; barley | Perlgraupen | orge perlé | cebada perlada | orzo perlato | cevadinha | 精白大麦 | 大麦米
phyllo dough | Filoteig | pâte filo | pasta filo | pasta fillo | massa filo | フィロ生地 | 千层酥皮
pie crust | Mürbeteigboden | fond de tarte | base de tarta | base per crostata | massa de torta | パイ生地 | 派皮
pita bread; pita | Fladenbrot | pain pita | pan de pita | pane pita | pão sírio | ピタパン | 皮塔饼
puff pastry | Blätterteig | pâte feuilletée | hojaldre | pasta sfoglia | massa folhada | パイシート | 千层酥
pumpernickel bread | Pumpernickel | pain pumpernickel | pan pumpernickel | pane pumpernickel | pão pumpernickel | プンパーニッケル | 粗黑麦面包
quinoa | Quinoa | quinoa | quinua | quinoa | quinoa | キヌア | 藜麦
raisin bran | Rosinen-Kleie-Flocken | céréales de son aux raisins secs | cereales de salvado con pasas | cereali di crusca con uvetta | cereal de farelo com passas | レーズンブラン | 葡萄干麸皮麦片
raisin bread | Rosinenbrot | pain aux raisins secs | pan de pasas | pane all'uvetta | pão de passas | レーズンブレッド | 葡萄干面包
ravioli | Ravioli | raviolis | raviolis | ravioli | ravióli | ラビオリ | 意大利饺子
rice; white rice; cooked rice | Reis | riz | arroz | riso | arroz | ごはん | 米饭
steamed white rice; basmati rice | gedämpfter weißer Reis | riz blanc vapeur | arroz blanco al vapor | riso bianco al vapore | arroz branco cozido no vapor | 白ごはん | 白米饭
medium-grain white rice | Mittelkornreis | riz à grains moyens | arroz de grano medio | riso a grana media | arroz de grão médio | 中粒米のごはん | 中粒米饭
short-grain rice; sushi rice | Rundkornreis | riz à grains ronds | arroz de grano corto | riso a chicco tondo | arroz de grão curto | 短粒米のごはん | 短粒米饭
wild rice | Wildreis | riz sauvage | arroz salvaje | riso selvatico | arroz selvagem | ワイルドライス | 菰米
rice flour | Reismehl | farine de riz | harina de arroz | farina di riso | farinha de arroz | 米粉 | 大米粉
rice noodles | Reisnudeln | nouilles de riz | fideos de arroz | noodles di riso | macarrão de arroz | ライスヌードル | 米粉
rye bread | Roggenbrot | pain de seigle | pan de centeno | pane di segale | pão de centeio | ライ麦パン | 黑麦面包
soba noodles | Soba-Nudeln | nouilles soba | fideos soba | soba | macarrão soba | そば | 荞麦面
somen noodles | Somen-Nudeln | nouilles somen | fideos somen | somen | macarrão somen | そうめん | 素面
spelt | Dinkel | épeautre | espelta | farro spelta | espelta | スペルト小麦 | 斯佩尔特小麦
taco shell | Taco-Schale | coque à taco | concha de taco | guscio per tacos | casca de taco | タコシェル | 塔可脆壳
dry tapioca pearls | Tapiokaperlen, trocken | perles de tapioca sèches | perlas de tapioca secas | perle di tapioca secche | sagu seco | タピオカパール（乾） | 干木薯珍珠
toast; white toast | Toast | pain grillé | tostada | toast | torrada | トースト | 吐司
wheat bread | Weizenmischbrot | pain de blé | pan de trigo | pane di frumento | pão de trigo | 小麦パン | 小麦面包
wheat flour | Weizenmehl | farine de blé | harina de trigo | farina di frumento | farinha de trigo | 小麦粉 | 面粉
white bread | Weißbrot | pain blanc | pan blanco | pane bianco | pão branco | 食パン | 白面包
whole-wheat bread; wholemeal bread | Vollkornbrot | pain complet | pan integral | pane integrale | pão integral | 全粒粉パン | 全麦面包
whole-wheat crackers | Vollkorncracker | crackers complets | galletas saladas integrales | cracker integrali | bolachas salgadas integrais | 全粒粉クラッカー | 全麦饼干
wonton wrappers | Wan-Tan-Teigblätter | feuilles à wonton | obleas para wonton | sfoglie per wonton | massa de wonton | ワンタンの皮 | 馄饨皮
`;
