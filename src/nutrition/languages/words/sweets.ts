/** Cakes, desserts, sweets and snacks; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const SWEETS = `
apple crumble | Apfel-Streusel | crumble aux pommes | crumble de manzana | crumble di mele | crumble de maçã | アップルクランブル | 苹果酥
apple pie | gedeckter Apfelkuchen | tarte aux pommes | tarta de manzana | torta di mele | torta de maçã | アップルパイ | 苹果派
apple strudel | Apfelstrudel | strudel aux pommes | strudel de manzana | strudel di mele | strudel de maçã | アップルシュトゥルーデル | 苹果卷
baked custard | gebackener Pudding | crème aux œufs | natillas al horno | crema al forno | pudim de ovos assado | 焼きプリン | 烤蛋奶冻
baklava | Baklava | baklava | baklava | baklava | baklava | バクラヴァ | 果仁蜜饼
banana bread | Bananenbrot | pain à la banane | pan de plátano | pane alla banana | pão de banana | バナナブレッド | 香蕉面包
beignets | Beignets | beignets | buñuelos | bignè fritti | bolinhos fritos beignet | ベニエ | 法式炸甜甜圈
blueberry muffin | Heidelbeermuffin | muffin aux myrtilles | magdalena de arándanos | muffin ai mirtilli | muffin de mirtilo | ブルーベリーマフィン | 蓝莓松饼
bread pudding | Brotauflauf | pouding au pain | budín de pan | budino di pane | pudim de pão | ブレッドプディング | 面包布丁
brownie | Brownie | brownie | brownie | brownie | brownie | ブラウニー | 布朗尼
cake | Kuchen | gâteau | pastel | torta | bolo | ケーキ | 蛋糕
frosted cake; birthday cake | Torte mit Zuckerguss | gâteau glacé | pastel glaseado | torta glassata | bolo com cobertura | デコレーションケーキ | 糖霜蛋糕
cannoli | Cannoli | cannoli | cannoli | cannoli | cannoli | カンノーリ | 意式奶油卷
carrot cake | Karottenkuchen | gâteau aux carottes | pastel de zanahoria | torta di carote | bolo de cenoura | キャロットケーキ | 胡萝卜蛋糕
cheesecake | Käsekuchen | gâteau au fromage | tarta de queso | torta di formaggio | cheesecake | チーズケーキ | 芝士蛋糕
cherry pie | Kirschkuchen | tarte aux cerises | tarta de cerezas | crostata di ciliegie | torta de cereja | チェリーパイ | 樱桃派
chocolate | Schokolade | chocolat | chocolate | cioccolato | chocolate | チョコレート | 巧克力
chocolate cake; plain chocolate cake | Schokoladenkuchen | gâteau au chocolat | tarta de chocolate | torta al cioccolato | bolo de chocolate | チョコレートケーキ | 巧克力蛋糕
chocolate chip cookie; chocolate chip cookies | Schokoladenkeks | cookie aux pépites de chocolat | galleta con pepitas de chocolate | biscotto con gocce di cioccolato | cookie com gotas de chocolate | チョコチップクッキー | 巧克力曲奇
chocolate donut | Schokoladen-Donut | donut au chocolat | dónut de chocolate | ciambella al cioccolato | rosquinha de chocolate | チョコレートドーナツ | 巧克力甜甜圈
chocolate frosting | Schokoladenglasur | glaçage au chocolat | glaseado de chocolate | glassa al cioccolato | cobertura de chocolate | チョコレートフロスティング | 巧克力糖霜
chocolate ice cream | Schokoladeneis | glace au chocolat | helado de chocolate | gelato al cioccolato | sorvete de chocolate | チョコレートアイスクリーム | 巧克力冰淇淋
chocolate mousse | Mousse au Chocolat | mousse au chocolat | mousse de chocolate | mousse al cioccolato | musse de chocolate | チョコレートムース | 巧克力慕斯
chocolate pudding | Schokoladenpudding | crème au chocolat | pudin de chocolate | budino al cioccolato | pudim de chocolate | チョコレートプリン | 巧克力布丁
churros | Churros | churros | churros | churros | churros | チュロス | 西班牙油条
cinnamon roll | Zimtschnecke | roulé à la cannelle | rollo de canela | girella alla cannella | rolinho de canela | シナモンロール | 肉桂卷
cookie; cookies | Keks | biscuit | galleta | biscotto | biscoito | クッキー | 曲奇饼干
creme brulee | Crème brûlée | crème brûlée | crème brûlée | crème brûlée | crème brûlée | クレームブリュレ | 焦糖布丁
crepes | Crêpes | crêpes | crepes | crespelle | crepes | クレープ | 可丽饼
cupcake | Cupcake | cupcake | cupcake | cupcake | cupcake | カップケーキ | 纸杯蛋糕
Danish pastry | Plundergebäck | viennoiserie danoise | bollo de hojaldre danés | sfoglia danese | folhado dinamarquês | デニッシュ | 丹麦酥
dark chocolate; semisweet chocolate | Zartbitterschokolade | chocolat noir | chocolate negro | cioccolato fondente | chocolate amargo | ダークチョコレート | 黑巧克力
donut; glazed donut | Donut | donut | dónut | ciambella | rosquinha | ドーナツ | 甜甜圈
donuts | Donuts | donuts | dónuts | ciambelle | rosquinhas | ドーナツ | 甜甜圈
sugared cake doughnut | gezuckerter Rührteig-Donut | donut sucré | dónut azucarado | ciambella zuccherata | rosquinha açucarada | シュガードーナツ | 糖霜甜甜圈
eclair | Eclair | éclair | relámpago | bignè éclair | bomba de creme | エクレア | 闪电泡芙
flan | Flan | flan | flan | crème caramel | pudim de leite | カスタードプリン | 焦糖蛋奶冻
French cruller | Spritzkuchen | beignet torsadé | cruller francés | cruller francese | cruller francês | フレンチクルーラー | 法式油条圈
French toast | Arme Ritter | pain perdu | torrija | french toast | rabanada | フレンチトースト | 法式吐司
gelatin dessert | Götterspeise | dessert à la gélatine | gelatina | gelatina dolce | gelatina | ゼリー | 果冻
gelatin powder | Gelatinepulver | gélatine en poudre | gelatina en polvo | gelatina in polvere | gelatina em pó | 粉ゼラチン | 明胶粉
gingerbread | Lebkuchen | pain d'épices | pan de jengibre | pan di zenzero | pão de gengibre | ジンジャーブレッド | 姜饼
granola bar | Müsliriegel | barre de céréales | barrita de cereales | barretta ai cereali | barra de cereais | グラノーラバー | 燕麦棒
gulab jamun | Gulab Jamun | gulab jamun | gulab jamun | gulab jamun | gulab jamun | グラブジャムン | 玫瑰奶球
gummy candy | Fruchtgummi | bonbons gélifiés | gominolas | caramelle gommose | balas de goma | グミ | 软糖
halva | Halva | halva | halva | halva | halva | ハルヴァ | 哈尔瓦酥糖
ice cream; vanilla ice cream | Eis | glace | helado | gelato | sorvete | アイスクリーム | 冰淇淋
ice cream cone | Eistüte | cornet de glace | cucurucho de helado | cono gelato | casquinha de sorvete | ソフトクリーム | 甜筒冰淇淋
ice cream sundae | Eisbecher | coupe glacée | copa de helado | coppa gelato | sundae | アイスクリームサンデー | 圣代冰淇淋
ice lolly; popsicle | Eis am Stiel | glace à l'eau | polo de hielo | ghiacciolo | picolé | アイスキャンディー | 冰棍
jelly donut | Berliner | beignet à la confiture | berlina rellena | bombolone alla marmellata | sonho com geleia | ジャムドーナツ | 果酱甜甜圈
ladyfingers | Löffelbiskuits | biscuits à la cuillère | bizcochos de soletilla | savoiardi | biscoitos champanhe | フィンガービスケット | 手指饼干
lemon meringue pie | Zitronen-Baiser-Torte | tarte au citron meringuée | tarta de limón y merengue | crostata al limone meringata | torta de limão com merengue | レモンメレンゲパイ | 柠檬蛋白派
macarons | Macarons | macarons | macarons | macaron | macarons | マカロン | 马卡龙
marshmallows | Marshmallows | guimauves | malvaviscos | marshmallow | marshmallows | マシュマロ | 棉花糖
milk chocolate | Vollmilchschokolade | chocolat au lait | chocolate con leche | cioccolato al latte | chocolate ao leite | ミルクチョコレート | 牛奶巧克力
mochi | Mochi | mochi | mochi | mochi | mochi | 餅 | 麻糬
oatmeal cookie | Haferkeks | cookie à l'avoine | galleta de avena | biscotto all'avena | biscoito de aveia | オートミールクッキー | 燕麦饼干
pancakes; plain pancakes | Pfannkuchen | pancakes | tortitas | pancake | panquecas | パンケーキ | 松饼
panna cotta | Panna cotta | panna cotta | panna cotta | panna cotta | panna cotta | パンナコッタ | 意式奶冻
pecan pie | Pekannusskuchen | tarte aux noix de pécan | tarta de nueces pacanas | crostata di noci pecan | torta de nozes-pecã | ピーカンパイ | 碧根果派
popcorn; popcorn (oil-popped) | Popcorn | pop-corn | palomitas | popcorn | pipoca | ポップコーン | 爆米花
potato chips | Kartoffelchips | chips | patatas fritas de bolsa | patatine in sacchetto | batata chips | ポテトチップス | 薯片
pound cake | Rührkuchen | quatre-quarts | bizcocho cuatro cuartos | torta quattro quarti | bolo inglês | パウンドケーキ | 磅蛋糕
soft pretzel | Brezel | bretzel moelleux | pretzel blando | pretzel morbido | pretzel macio | ソフトプレッツェル | 软椒盐卷饼
pretzels (snack); pretzels | Salzbrezeln | bretzels | pretzels salados | salatini pretzel | pretzels salgados | プレッツェル | 椒盐脆饼
pumpkin pie | Kürbiskuchen | tarte à la citrouille | tarta de calabaza | torta di zucca | torta de abóbora | パンプキンパイ | 南瓜派
red velvet cake | Red-Velvet-Kuchen | gâteau red velvet | tarta terciopelo rojo | torta red velvet | bolo red velvet | レッドベルベットケーキ | 红丝绒蛋糕
rice cake | Reiswaffel | galette de riz | tortita de arroz | galletta di riso | bolacha de arroz | ライスケーキ | 米饼
rice pudding | Milchreis | riz au lait | arroz con leche | budino di riso | arroz-doce | ライスプディング | 米布丁
sandwich cookie | Doppelkeks | biscuit fourré | galleta rellena | biscotto farcito | biscoito recheado | サンドイッチクッキー | 夹心饼干
scone | Scone | scone | scone | scone | scone | スコーン | 司康饼
shortbread | Shortbread | sablé écossais | galleta de mantequilla | biscotto di pasta frolla | biscoito amanteigado | ショートブレッド | 黄油酥饼
shortcake | Mürbekuchen | gâteau sablé | bizcocho sablé | tortina di pasta frolla | bolo amanteigado | ショートケーキの土台 | 酥饼
sorbet | Sorbet | sorbet | sorbete | sorbetto | sorbet | シャーベット | 雪葩
sponge cake | Biskuitkuchen | génoise | bizcocho | pan di Spagna | pão de ló | スポンジケーキ | 海绵蛋糕
strawberry shortcake | Erdbeerkuchen | gâteau aux fraises | pastel de fresas | torta di fragole | bolo de morango | いちごショートケーキ | 草莓蛋糕
tiramisu | Tiramisu | tiramisu | tiramisú | tiramisù | tiramisu | ティラミス | 提拉米苏
tortilla chips | Tortillachips | chips de maïs | totopos | chips di tortilla | chips de tortilha | トルティーヤチップス | 玉米脆片
trifle | Trifle | trifle | trifle | trifle | trifle | トライフル | 英式乳脂松糕
waffles; plain waffles; waffle | Waffeln | gaufres | gofres | waffle | waffles | ワッフル | 华夫饼
yellow cake | gelber Rührkuchen | gâteau jaune | bizcocho amarillo | torta gialla | bolo amarelo | イエローケーキ | 黄蛋糕
yogurt parfait | Joghurt-Parfait | parfait au yaourt | parfait de yogur | parfait allo yogurt | parfait de iogurte | ヨーグルトパフェ | 酸奶芭菲
`;
