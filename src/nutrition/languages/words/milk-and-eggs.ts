/** Milk, cheese, eggs, butter and oils; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const MILK_AND_EGGS = `
American cheese | Schmelzkäse | fromage américain | queso americano | formaggio fuso americano | queijo americano | アメリカンチーズ | 美式奶酪
blue cheese | Blauschimmelkäse | fromage bleu | queso azul | formaggio erborinato | queijo azul | ブルーチーズ | 蓝纹奶酪
Brie; brie cheese | Brie | brie | queso brie | brie | queijo brie | ブリーチーズ | 布里奶酪
butter | Butter | beurre | mantequilla | burro | manteiga | バター | 黄油
unsalted butter | ungesalzene Butter | beurre doux | mantequilla sin sal | burro non salato | manteiga sem sal | 無塩バター | 无盐黄油
buttermilk | Buttermilch | babeurre | suero de mantequilla | latticello | leitelho | バターミルク | 酪乳
canola oil | Rapsöl | huile de colza | aceite de colza | olio di colza | óleo de canola | キャノーラ油 | 菜籽油
Cheddar cheese; cheddar; shredded cheddar cheese | Cheddar | cheddar | queso cheddar | formaggio cheddar | queijo cheddar | チェダーチーズ | 切达奶酪
cheese | Käse | fromage | queso | formaggio | queijo | チーズ | 奶酪
cheese plate | Käseplatte | plateau de fromages | tabla de quesos | tagliere di formaggi | tábua de queijos | チーズの盛り合わせ | 奶酪拼盘
coconut oil | Kokosöl | huile de coco | aceite de coco | olio di cocco | óleo de coco | ココナッツオイル | 椰子油
coconut milk | Kokosmilch | lait de coco | leche de coco | latte di cocco | leite de coco | ココナッツミルク | 椰奶
cottage cheese | Hüttenkäse | cottage cheese | requesón | fiocchi di latte | queijo cottage | カッテージチーズ | 茅屋奶酪
cream cheese | Frischkäse | fromage à la crème | queso crema | formaggio cremoso | cream cheese | クリームチーズ | 奶油奶酪
boiled egg; hard-boiled egg | gekochtes Ei | œuf dur | huevo cocido | uovo sodo | ovo cozido | ゆで卵 | 煮鸡蛋
egg | Ei | œuf | huevo | uovo | ovo | 卵 | 鸡蛋
eggs | Eier | œufs | huevos | uova | ovos | 卵 | 鸡蛋
fried egg | Spiegelei | œuf au plat | huevo frito | uovo fritto | ovo frito | 目玉焼き | 煎蛋
fried eggs | Spiegeleier | œufs au plat | huevos fritos | uova fritte | ovos fritos | 目玉焼き | 煎蛋
poached egg | pochiertes Ei | œuf poché | huevo escalfado | uovo in camicia | ovo pochê | ポーチドエッグ | 水波蛋
raw egg | rohes Ei | œuf cru | huevo crudo | uovo crudo | ovo cru | 生卵 | 生鸡蛋
scrambled eggs | Rührei | œufs brouillés | huevos revueltos | uova strapazzate | ovos mexidos | スクランブルエッグ | 炒鸡蛋
deviled eggs | gefüllte Eier | œufs mimosa | huevos rellenos | uova ripiene | ovos recheados | デビルドエッグ | 魔鬼蛋
egg substitute | Ei-Ersatz | substitut d'œuf | sustituto de huevo | sostituto dell'uovo | substituto de ovo | 代用卵 | 鸡蛋替代品
egg white | Eiklar | blanc d'œuf | clara de huevo | albume d'uovo | clara de ovo | 卵白 | 蛋清
egg yolk | Eigelb | jaune d'œuf | yema de huevo | tuorlo d'uovo | gema de ovo | 卵黄 | 蛋黄
feta; feta cheese | Feta | feta | queso feta | feta | queijo feta | フェタチーズ | 菲达奶酪
frozen yogurt | Frozen Yogurt | yaourt glacé | yogur helado | yogurt gelato | frozen yogurt | フローズンヨーグルト | 冻酸奶
fruit yogurt | Fruchtjoghurt | yaourt aux fruits | yogur de frutas | yogurt alla frutta | iogurte de frutas | フルーツヨーグルト | 果味酸奶
ghee | Ghee | ghee | ghee | ghee | manteiga ghee | ギー | 印度酥油
soft goat cheese; goat cheese | Ziegenfrischkäse | fromage de chèvre frais | queso de cabra fresco | formaggio di capra fresco | queijo de cabra macio | やわらかい山羊チーズ | 软山羊奶酪
gouda; gouda cheese | Gouda | gouda | queso gouda | gouda | queijo gouda | ゴーダチーズ | 高达奶酪
Greek yogurt | griechischer Joghurt | yaourt à la grecque | yogur griego | yogurt greco | iogurte grego | ギリシャヨーグルト | 希腊酸奶
Gruyere cheese | Gruyère | gruyère | queso gruyer | groviera | queijo gruyère | グリュイエールチーズ | 格鲁耶尔奶酪
half and half | Kaffeesahne | crème légère | nata ligera | panna leggera | creme de leite leve | ハーフアンドハーフ | 半脂奶油
heavy cream | Schlagsahne | crème entière | nata para montar | panna da montare | creme de leite fresco | 生クリーム | 淡奶油
margarine | Margarine | margarine | margarina | margarina | margarina | マーガリン | 人造黄油
milk; whole milk | Milch | lait | leche | latte | leite | 牛乳 | 牛奶
lowfat milk; 1% milk | fettarme Milch | lait allégé | leche baja en grasa | latte a basso contenuto di grassi | leite com baixo teor de gordura | 低脂肪牛乳 | 低脂牛奶
reduced-fat milk; 2% milk | teilentrahmte Milch | lait demi-écrémé | leche semidesnatada | latte parzialmente scremato | leite semidesnatado | 低脂肪乳 | 减脂牛奶
skim milk | Magermilch | lait écrémé | leche desnatada | latte scremato | leite desnatado | 無脂肪乳 | 脱脂牛奶
Monterey Jack | Monterey Jack | Monterey Jack | queso Monterey Jack | Monterey Jack | queijo Monterey Jack | モントレージャックチーズ | 蒙特利杰克奶酪
mozzarella; mozzarella cheese | Mozzarella | mozzarella | mozzarella | mozzarella | muçarela | モッツァレラ | 马苏里拉奶酪
olive oil | Olivenöl | huile d'olive | aceite de oliva | olio d'oliva | azeite de oliva | オリーブオイル | 橄榄油
omelette; omelet | Omelett | omelette | tortilla francesa | omelette | omelete | オムレツ | 煎蛋卷
paneer | Paneer | paneer | paneer | paneer | paneer | パニール | 印度奶酪
Parmesan; parmesan cheese; grated parmesan | Parmesan | parmesan | parmesano | parmigiano | parmesão | パルメザンチーズ | 帕尔马干酪
peanut oil | Erdnussöl | huile d'arachide | aceite de cacahuete | olio di arachidi | óleo de amendoim | 落花生油 | 花生油
plain yogurt; yogurt | Naturjoghurt | yaourt nature | yogur natural | yogurt bianco | iogurte natural | プレーンヨーグルト | 原味酸奶
low-fat yogurt; low fat yogurt | fettarmer Joghurt | yaourt allégé | yogur bajo en grasa | yogurt magro | iogurte com baixo teor de gordura | 低脂肪ヨーグルト | 低脂酸奶
vanilla yogurt | Vanillejoghurt | yaourt à la vanille | yogur de vainilla | yogurt alla vaniglia | iogurte de baunilha | バニラヨーグルト | 香草酸奶
provolone | Provolone | provolone | provolone | provolone | provolone | プロヴォローネ | 波罗伏洛奶酪
queso fresco | Queso fresco | queso fresco | queso fresco | queso fresco | queijo fresco | ケソフレスコ | 墨西哥鲜奶酪
ricotta | Ricotta | ricotta | ricotta | ricotta | ricota | リコッタチーズ | 里科塔奶酪
sesame oil | Sesamöl | huile de sésame | aceite de sésamo | olio di sesamo | óleo de gergelim | ごま油 | 芝麻油
sour cream | Sauerrahm | crème aigre | nata agria | panna acida | creme azedo | サワークリーム | 酸奶油
soybean oil | Sojaöl | huile de soja | aceite de soja | olio di soia | óleo de soja | 大豆油 | 大豆油
sunflower oil | Sonnenblumenöl | huile de tournesol | aceite de girasol | olio di girasole | óleo de girassol | ひまわり油 | 葵花籽油
Swiss cheese | Emmentaler | emmental | queso emmental | emmental | queijo suíço | スイスチーズ | 瑞士奶酪
whipped cream | geschlagene Sahne | crème fouettée | nata montada | panna montata | chantilly | ホイップクリーム | 鲜奶油
`;
