/** Vegetables, herbs, pulses and mushrooms; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const VEGETABLES = `
acorn squash | Eichelkürbis | courge poivrée | calabaza bellota | zucca ghianda | abóbora-bolota | どんぐりかぼちゃ | 橡子南瓜
artichoke | Artischocke | artichaut | alcachofa | carciofo | alcachofra | アーティチョーク | 洋蓟
arugula | Rucola | roquette | rúcula | rucola | rúcula | ルッコラ | 芝麻菜
asparagus | Spargel | asperges | espárragos | asparagi | aspargos | アスパラガス | 芦笋
baked beans | Baked Beans | haricots blancs à la sauce tomate | alubias en salsa de tomate | fagioli al pomodoro | feijão cozido em molho de tomate | ベイクドビーンズ | 茄汁焗豆
bamboo shoots | Bambussprossen | pousses de bambou | brotes de bambú | germogli di bambù | brotos de bambu | たけのこ | 竹笋
bean sprouts | Sojasprossen | germes de soja | brotes de soja | germogli di soia | brotos de feijão | もやし | 豆芽
cooked bean sprouts | gekochte Sojasprossen | germes de soja cuits | brotes de soja cocidos | germogli di soia cotti | brotos de feijão cozidos | ゆでもやし | 熟豆芽
beetroot; beets; beet | Rote Bete | betterave | remolacha | barbabietola | beterraba | ビーツ | 甜菜根
bell pepper; bell peppers; red bell pepper | Paprika | poivron | pimiento | peperone | pimentão | パプリカ | 甜椒
green bell pepper | grüne Paprika | poivron vert | pimiento verde | peperone verde | pimentão verde | ピーマン | 青椒
yellow bell pepper | gelbe Paprika | poivron jaune | pimiento amarillo | peperone giallo | pimentão amarelo | 黄パプリカ | 黄甜椒
cooked red bell pepper | gekochte rote Paprika | poivron rouge cuit | pimiento rojo cocido | peperone rosso cotto | pimentão vermelho cozido | 加熱した赤パプリカ | 熟红甜椒
cooked green bell pepper | gekochte grüne Paprika | poivron vert cuit | pimiento verde cocido | peperone verde cotto | pimentão verde cozido | 加熱したピーマン | 熟青椒
black beans | schwarze Bohnen | haricots noirs | alubias negras | fagioli neri | feijão-preto | 黒いんげん豆 | 黑豆
bok choy; pak choi | Pak Choi | pak choï | pak choi | pak choi | couve-chinesa pak choi | チンゲン菜 | 小白菜
broad beans; fava beans | dicke Bohnen | fèves | habas | fave | favas | そら豆 | 蚕豆
broccoli; steamed broccoli | Brokkoli | brocoli | brócoli | broccoli | brócolis | ブロッコリー | 西兰花
raw broccoli | roher Brokkoli | brocoli cru | brócoli crudo | broccoli crudi | brócolis cru | 生のブロッコリー | 生西兰花
broccoli rabe | Stängelkohl | brocoli-rave | grelos | cime di rapa | grelos | チーマ・ディ・ラーパ | 意大利菜心
brussels sprouts | Rosenkohl | choux de Bruxelles | coles de Bruselas | cavoletti di Bruxelles | couve-de-bruxelas | 芽キャベツ | 抱子甘蓝
butternut squash; roasted butternut squash | Butternusskürbis | courge butternut | calabaza cacahuete | zucca butternut | abóbora-manteiga | バターナッツかぼちゃ | 奶油南瓜
cabbage | Weißkohl | chou | repollo | cavolo cappuccio | repolho | キャベツ | 卷心菜
cooked cabbage | gekochter Weißkohl | chou cuit | repollo cocido | cavolo cotto | repolho cozido | ゆでキャベツ | 熟卷心菜
cooked napa cabbage | gekochter Chinakohl | chou chinois cuit | col china cocida | cavolo cinese cotto | acelga chinesa cozida | ゆで白菜 | 熟大白菜
red cabbage | Rotkohl | chou rouge | lombarda | cavolo rosso | repolho roxo | 紫キャベツ | 紫甘蓝
cardoon | Karde | cardon | cardo | cardo | cardo | カルドン | 刺菜蓟
carrot | Karotte | carotte | zanahoria | carota | cenoura | にんじん | 胡萝卜
carrots | Karotten | carottes | zanahorias | carote | cenouras | にんじん | 胡萝卜
cooked carrots | gekochte Karotten | carottes cuites | zanahorias cocidas | carote cotte | cenouras cozidas | ゆでにんじん | 熟胡萝卜
cassava | Maniok | manioc | yuca | manioca | mandioca | キャッサバ | 木薯
cauliflower | Blumenkohl | chou-fleur | coliflor | cavolfiore | couve-flor | カリフラワー | 花椰菜
raw cauliflower | roher Blumenkohl | chou-fleur cru | coliflor cruda | cavolfiore crudo | couve-flor crua | 生のカリフラワー | 生花椰菜
celery; celery stalk; celery sticks | Staudensellerie | céleri | apio | sedano | aipo | セロリ | 芹菜
cherry tomatoes | Kirschtomaten | tomates cerises | tomates cherry | pomodorini | tomates-cereja | ミニトマト | 圣女果
chickpeas; garbanzo beans | Kichererbsen | pois chiches | garbanzos | ceci | grão-de-bico | ひよこ豆 | 鹰嘴豆
chicory | Zichorie | chicorée | achicoria | cicoria | chicória | チコリー | 菊苣
chili pepper; chilli | Chili | piment | chile | peperoncino | pimenta malagueta | 唐辛子 | 辣椒
collard greens | Blattkohl | chou cavalier | berza | cavolo nero collard | couve | コラードグリーン | 散叶甘蓝
cucumber; cucumbers | Gurke | concombre | pepino | cetriolo | pepino | きゅうり | 黄瓜
edamame | Edamame | edamame | edamame | edamame | edamame | 枝豆 | 毛豆
eggplant; aubergine | Aubergine | aubergine | berenjena | melanzana | berinjela | なす | 茄子
endive | Endivie | chicorée frisée | escarola | indivia | escarola | エンダイブ | 苦苣
enoki mushrooms | Enoki-Pilze | champignons enoki | setas enoki | funghi enoki | cogumelos enoki | えのき | 金针菇
fennel | Fenchel | fenouil | hinojo | finocchio | erva-doce | フェンネル | 茴香
garlic | Knoblauch | ail | ajo | aglio | alho | にんにく | 大蒜
ginger | Ingwer | gingembre | jengibre | zenzero | gengibre | しょうが | 姜
grape leaves | Weinblätter | feuilles de vigne | hojas de parra | foglie di vite | folhas de videira | ぶどうの葉 | 葡萄叶
green beans | grüne Bohnen | haricots verts | judías verdes | fagiolini | vagem | いんげん | 四季豆
green peas; peas | Erbsen | petits pois | guisantes | piselli | ervilhas | グリーンピース | 豌豆
hearts of palm | Palmherzen | cœurs de palmier | palmitos | cuori di palma | palmito | パームハート | 棕榈心
jicama | Yambohne | jicama | jícama | jicama | jicama | ヒカマ | 豆薯
kale | Grünkohl | chou kale | col rizada | cavolo riccio | couve kale | ケール | 羽衣甘蓝
raw kale | roher Grünkohl | chou kale cru | col rizada cruda | cavolo riccio crudo | couve kale crua | 生のケール | 生羽衣甘蓝
kidney beans | Kidneybohnen | haricots rouges | alubias rojas | fagioli rossi | feijão-vermelho | レッドキドニービーンズ | 红芸豆
cooked leeks; leeks; leek | Lauch | poireaux | puerros | porri | alho-poró | リーキ | 韭葱
lentils; cooked lentils | Linsen | lentilles | lentejas | lenticchie | lentilhas | レンズ豆 | 小扁豆
lettuce; shredded lettuce | Blattsalat | laitue | lechuga | lattuga | alface | レタス | 生菜
iceberg lettuce | Eisbergsalat | laitue iceberg | lechuga iceberg | lattuga iceberg | alface americana | アイスバーグレタス | 球生菜
romaine lettuce | Romanasalat | laitue romaine | lechuga romana | lattuga romana | alface-romana | ロメインレタス | 罗马生菜
lima beans | Limabohnen | haricots de Lima | judías de Lima | fagioli di Lima | feijão-de-lima | ライマメ | 利马豆
maitake mushroom | Maitake-Pilz | champignon maïtaké | seta maitake | fungo maitake | cogumelo maitake | 舞茸 | 舞茸
vegetables | Gemüse | légumes | verduras | verdure | legumes | 野菜 | 蔬菜
mixed vegetables | Mischgemüse | légumes mélangés | verduras variadas | verdure miste | legumes variados | ミックスベジタブル | 什锦蔬菜
mung beans | Mungbohnen | haricots mungo | judías mungo | fagioli mungo | feijão-mungo | 緑豆 | 绿豆
mushroom | Pilz | champignon | champiñón | fungo | cogumelo | マッシュルーム | 蘑菇
mushrooms | Pilze | champignons | champiñones | funghi | cogumelos | マッシュルーム | 蘑菇
cooked mushrooms | gekochte Pilze | champignons cuits | champiñones cocidos | funghi cotti | cogumelos cozidos | 加熱したマッシュルーム | 熟蘑菇
cooked shiitake mushrooms | gekochte Shiitake | shiitakés cuits | shiitake cocido | shiitake cotti | shiitake cozido | 加熱したしいたけ | 熟香菇
portobello mushrooms | Portobello-Pilze | champignons portobello | setas portobello | funghi portobello | cogumelos portobello | ポートベローマッシュルーム | 波特菇
navy beans | weiße Perlbohnen | petits haricots blancs | alubias blancas pequeñas | fagioli bianchi piccoli | feijão-branco miúdo | 白いんげん豆 | 海军豆
nori seaweed; nori | Nori-Algen | algue nori | alga nori | alga nori | alga nori | 海苔 | 海苔
wakame seaweed | Wakame-Algen | algue wakamé | alga wakame | alga wakame | alga wakame | わかめ | 裙带菜
okra | Okra | gombo | quimbombó | okra | quiabo | オクラ | 秋葵
olives | Oliven | olives | aceitunas | olive | azeitonas | オリーブ | 橄榄
onion | Zwiebel | oignon | cebolla | cipolla | cebola | 玉ねぎ | 洋葱
onions | Zwiebeln | oignons | cebollas | cipolle | cebolas | 玉ねぎ | 洋葱
red onion | rote Zwiebel | oignon rouge | cebolla morada | cipolla rossa | cebola roxa | 紫玉ねぎ | 紫洋葱
cooked onions | gekochte Zwiebeln | oignons cuits | cebolla cocida | cipolle cotte | cebola cozida | 加熱した玉ねぎ | 熟洋葱
parsnips | Pastinaken | panais | chirivías | pastinache | pastinacas | パースニップ | 欧防风
pickles | Essiggurken | cornichons | pepinillos | cetriolini sottaceto | picles de pepino | ピクルス | 酸黄瓜
pinto beans | Pintobohnen | haricots pinto | alubias pintas | fagioli pinto | feijão-carioca | うずら豆 | 斑豆
baked potato | Ofenkartoffel | pomme de terre au four | patata asada | patata al forno | batata assada | ベイクドポテト | 烤土豆
boiled potatoes | Salzkartoffeln | pommes de terre bouillies | patatas cocidas | patate lesse | batatas cozidas | ゆでじゃがいも | 煮土豆
mashed potato; mashed potatoes | Kartoffelpüree | purée de pommes de terre | puré de patatas | purè di patate | purê de batata | マッシュポテト | 土豆泥
potato | Kartoffel | pomme de terre | patata | patata | batata | じゃがいも | 土豆
potatoes | Kartoffeln | pommes de terre | patatas | patate | batatas | じゃがいも | 土豆
roasted potatoes | Ofenkartoffeln | pommes de terre rôties | patatas asadas | patate arrosto | batatas assadas | ローストポテト | 烤土豆
scalloped potatoes; potatoes au gratin | Kartoffelgratin | gratin de pommes de terre | patatas gratinadas | patate gratinate | batatas gratinadas | ポテトグラタン | 焗土豆
potato pancakes | Kartoffelpuffer | galettes de pommes de terre | tortitas de patata | frittelle di patate | panquecas de batata | ポテトパンケーキ | 土豆饼
pumpkin | Kürbis | citrouille | calabaza | zucca | abóbora | かぼちゃ | 南瓜
radishes | Radieschen | radis | rábanos | ravanelli | rabanetes | ラディッシュ | 小萝卜
raw jalapeno | rohe Jalapeño | piment jalapeño cru | jalapeño crudo | jalapeño crudo | jalapeño cru | 生ハラペーニョ | 生墨西哥辣椒
refried beans | Bohnenmus | purée de haricots frits | frijoles refritos | purè di fagioli fritti | feijão refrito | リフライドビーンズ | 墨西哥豆泥
rutabaga | Steckrübe | rutabaga | colinabo | rutabaga | couve-nabo | ルタバガ | 芜菁甘蓝
sauerkraut | Sauerkraut | choucroute | chucrut | crauti | chucrute | ザワークラウト | 德国酸菜
shallots | Schalotten | échalotes | chalotas | scalogni | chalotas | エシャロット | 红葱头
snow peas | Zuckerschoten | pois gourmands | tirabeques | taccole | ervilha-torta | 絹さや | 荷兰豆
soybeans | Sojabohnen | graines de soja | soja | soia | soja | 大豆 | 黄豆
spaghetti squash | Spaghettikürbis | courge spaghetti | calabaza espagueti | zucca spaghetti | abóbora-espaguete | そうめんかぼちゃ | 鱼翅瓜
spinach; spinach leaves | Spinat | épinards | espinacas | spinaci | espinafre | ほうれん草 | 菠菜
cooked spinach; spinach (cooked) | gekochter Spinat | épinards cuits | espinacas cocidas | spinaci cotti | espinafre cozido | ゆでほうれん草 | 熟菠菜
spinach (raw); raw spinach | roher Spinat | épinards crus | espinacas crudas | spinaci crudi | espinafre cru | 生のほうれん草 | 生菠菜
split peas | Schälerbsen | pois cassés | guisantes partidos | piselli spezzati | ervilhas partidas | スプリットピー | 去皮干豌豆
spring onions; green onions; scallions | Frühlingszwiebeln | oignons nouveaux | cebolletas | cipollotti | cebolinha | 青ねぎ | 葱
summer squash | Sommerkürbis | courge d'été | calabacín de verano | zucca estiva | abobrinha | サマースカッシュ | 西葫芦
sun-dried tomatoes | getrocknete Tomaten | tomates séchées | tomates secos | pomodori secchi | tomates secos | ドライトマト | 番茄干
sweet corn; corn; corn on the cob | Mais | maïs doux | maíz dulce | mais dolce | milho | とうもろこし | 玉米
sweet corn kernels | Maiskörner | grains de maïs doux | granos de maíz dulce | chicchi di mais | grãos de milho | コーン粒 | 玉米粒
sweet potato | Süßkartoffel | patate douce | boniato | patata dolce | batata-doce | さつまいも | 红薯
boiled sweet potato | gekochte Süßkartoffel | patate douce bouillie | boniato cocido | patata dolce lessa | batata-doce cozida | ゆでさつまいも | 煮红薯
sweetened red beans | gesüßte rote Bohnen | haricots rouges sucrés | judías rojas dulces | fagioli rossi dolci | feijão azuki doce | あんこ | 红豆沙
swiss chard | Mangold | blettes | acelgas | bietole | acelga | スイスチャード | 瑞士甜菜
taro | Taro | taro | taro | taro | taro | タロイモ | 芋头
tomato; tomato slices | Tomate | tomate | tomate | pomodoro | tomate | トマト | 西红柿
tomatoes | Tomaten | tomates | tomates | pomodori | tomates | トマト | 西红柿
cooked tomatoes | gekochte Tomaten | tomates cuites | tomates cocidos | pomodori cotti | tomates cozidos | 加熱したトマト | 熟西红柿
grilled tomato | Grilltomate | tomate grillée | tomate a la plancha | pomodoro grigliato | tomate grelhado | 焼きトマト | 烤番茄
turnips | Rübchen | navets | nabos | rape | nabos | かぶ | 芜菁
urad dal | Urdbohnen | lentilles urad | urad dal | urad dal | urad dal | ウラド豆 | 黑吉豆
water chestnuts | Wasserkastanien | châtaignes d'eau | castañas de agua | castagne d'acqua | castanhas-d'água | くわい | 荸荠
watercress | Brunnenkresse | cresson | berros | crescione | agrião | クレソン | 豆瓣菜
white beans | weiße Bohnen | haricots blancs | alubias blancas | fagioli bianchi | feijão-branco | 白いんげん豆 | 白豆
boiled yam; yam | Yamswurzel | igname | ñame | igname | inhame | ヤムイモ | 山药
zucchini; courgette; roasted zucchini | Zucchini | courgette | calabacín | zucchine | abobrinha | ズッキーニ | 西葫芦
fresh basil; basil | frisches Basilikum | basilic frais | albahaca fresca | basilico fresco | manjericão fresco | 生バジル | 新鲜罗勒
chives | Schnittlauch | ciboulette | cebollino | erba cipollina | cebolinha-francesa | チャイブ | 细香葱
fresh coriander; cilantro; fresh cilantro | frischer Koriander | coriandre fraîche | cilantro fresco | coriandolo fresco | coentro fresco | パクチー | 香菜
dill | Dill | aneth | eneldo | aneto | endro | ディル | 莳萝
mint | Minze | menthe | menta | menta | hortelã | ミント | 薄荷
fresh parsley; parsley | frische Petersilie | persil frais | perejil fresco | prezzemolo fresco | salsinha fresca | パセリ | 欧芹
rosemary | Rosmarin | romarin | romero | rosmarino | alecrim | ローズマリー | 迷迭香
thyme | Thymian | thym | tomillo | timo | tomilho | タイム | 百里香
dried thyme | getrockneter Thymian | thym séché | tomillo seco | timo secco | tomilho seco | 乾燥タイム | 干百里香
`;
