/** Sauces, spreads, spices and sugars; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const SAUCES = `
agave syrup | Agavendicksaft | sirop d'agave | sirope de agave | sciroppo d'agave | xarope de agave | アガベシロップ | 龙舌兰糖浆
balsamic vinegar | Balsamico-Essig | vinaigre balsamique | vinagre balsámico | aceto balsamico | vinagre balsâmico | バルサミコ酢 | 意大利香醋
barbecue sauce; bbq sauce | Barbecuesauce | sauce barbecue | salsa barbacoa | salsa barbecue | molho barbecue | バーベキューソース | 烧烤酱
bechamel sauce | Béchamelsauce | sauce béchamel | salsa bechamel | besciamella | molho bechamel | ベシャメルソース | 白酱
beef broth | Rinderbrühe | bouillon de bœuf | caldo de ternera | brodo di manzo | caldo de carne | ビーフブロス | 牛肉高汤
black pepper | schwarzer Pfeffer | poivre noir | pimienta negra | pepe nero | pimenta-do-reino | 黒こしょう | 黑胡椒
brown sugar | brauner Zucker | cassonade | azúcar moreno | zucchero di canna | açúcar mascavo | ブラウンシュガー | 红糖
Caesar dressing | Caesar-Dressing | sauce César | salsa César | salsa Caesar | molho Caesar | シーザードレッシング | 凯撒沙拉酱
canned tomato sauce | Tomatensauce aus der Dose | sauce tomate en conserve | salsa de tomate en conserva | passata di pomodoro in scatola | molho de tomate enlatado | トマトソース缶 | 罐装番茄酱
capers | Kapern | câpres | alcaparras | capperi | alcaparras | ケーパー | 刺山柑
cheese sauce | Käsesauce | sauce au fromage | salsa de queso | salsa al formaggio | molho de queijo | チーズソース | 奶酪酱
chicken broth | Hühnerbrühe | bouillon de poule | caldo de pollo | brodo di pollo | caldo de frango | チキンブロス | 鸡高汤
chili powder | Chilipulver | piment en poudre | chile en polvo | peperoncino in polvere | pimenta em pó | チリパウダー | 辣椒粉
chocolate hazelnut spread | Nuss-Nougat-Creme | pâte à tartiner au chocolat et aux noisettes | crema de cacao y avellanas | crema spalmabile alle nocciole e cacao | creme de avelã com chocolate | チョコヘーゼルナッツスプレッド | 榛子巧克力酱
chocolate sauce | Schokoladensauce | sauce au chocolat | salsa de chocolate | salsa al cioccolato | calda de chocolate | チョコレートソース | 巧克力酱
cider vinegar | Apfelessig | vinaigre de cidre | vinagre de manzana | aceto di mele | vinagre de maçã | りんご酢 | 苹果醋
cinnamon | Zimt | cannelle | canela | cannella | canela | シナモン | 肉桂
cocoa powder | Kakaopulver | cacao en poudre | cacao en polvo | cacao in polvere | cacau em pó | ココアパウダー | 可可粉
cranberry sauce | Cranberrysauce | sauce aux canneberges | salsa de arándanos rojos | salsa di mirtilli rossi | molho de cranberry | クランベリーソース | 蔓越莓酱
cumin | Kreuzkümmel | cumin | comino | cumino | cominho | クミン | 孜然
curry powder | Currypulver | poudre de curry | curry en polvo | curry in polvere | curry em pó | カレー粉 | 咖喱粉
fish broth | Fischbrühe | fumet de poisson | caldo de pescado | brodo di pesce | caldo de peixe | 魚のだし | 鱼高汤
fish sauce | Fischsauce | sauce de poisson | salsa de pescado | salsa di pesce | molho de peixe | ナンプラー | 鱼露
garlic powder | Knoblauchpulver | ail en poudre | ajo en polvo | aglio in polvere | alho em pó | ガーリックパウダー | 大蒜粉
gravy | Bratensauce | sauce au jus de viande | salsa de carne | sugo d'arrosto | molho de carne | グレイビーソース | 肉汁
guacamole | Guacamole | guacamole | guacamole | guacamole | guacamole | ワカモレ | 鳄梨酱
hoisin sauce | Hoisinsauce | sauce hoisin | salsa hoisin | salsa hoisin | molho hoisin | 海鮮醤 | 海鲜酱
honey | Honig | miel | miel | miele | mel | はちみつ | 蜂蜜
honey mustard dressing | Honig-Senf-Dressing | vinaigrette miel-moutarde | aliño de miel y mostaza | condimento al miele e senape | molho de mostarda e mel | ハニーマスタードドレッシング | 蜂蜜芥末酱
horseradish | Meerrettich | raifort | rábano picante | rafano | raiz-forte | ホースラディッシュ | 辣根
hot sauce | scharfe Sauce | sauce piquante | salsa picante | salsa piccante | molho de pimenta | ホットソース | 辣酱
hummus | Hummus | houmous | hummus | hummus | homus | フムス | 鹰嘴豆泥
jam | Konfitüre | confiture | mermelada | marmellata | geleia | ジャム | 果酱
ketchup | Ketchup | ketchup | kétchup | ketchup | ketchup | ケチャップ | 番茄酱
lemon juice | Zitronensaft | jus de citron | zumo de limón | succo di limone | suco de limão-siciliano | レモン汁 | 柠檬汁
lime juice | Limettensaft | jus de citron vert | zumo de lima | succo di lime | suco de limão | ライム果汁 | 青柠汁
maple syrup | Ahornsirup | sirop d'érable | sirope de arce | sciroppo d'acero | xarope de bordo | メープルシロップ | 枫糖浆
marinara sauce | Marinara-Sauce | sauce marinara | salsa marinara | salsa marinara | molho marinara | マリナラソース | 意式番茄酱
mayonnaise; mayo | Mayonnaise | mayonnaise | mayonesa | maionese | maionese | マヨネーズ | 蛋黄酱
miso | Miso | miso | miso | miso | missô | 味噌 | 味噌
molasses | Melasse | mélasse | melaza | melassa | melaço | モラセス | 糖蜜
mustard | Senf | moutarde | mostaza | senape | mostarda | マスタード | 芥末酱
oregano | Oregano | origan | orégano | origano | orégano | オレガノ | 牛至
oyster sauce | Austernsauce | sauce d'huître | salsa de ostras | salsa di ostriche | molho de ostra | オイスターソース | 蚝油
paprika | Paprikapulver | paprika | pimentón | paprica | páprica | パプリカパウダー | 红甜椒粉
peanut sauce | Erdnusssauce | sauce aux cacahuètes | salsa de cacahuete | salsa di arachidi | molho de amendoim | ピーナッツソース | 花生酱汁
pesto | Pesto | pesto | pesto | pesto | pesto | ペスト | 青酱
pickle relish | Gurkenrelish | relish de cornichons | relish de pepinillos | salsa di cetriolini | relish de picles | ピクルスレリッシュ | 酸黄瓜酱
powdered sugar | Puderzucker | sucre glace | azúcar glas | zucchero a velo | açúcar de confeiteiro | 粉砂糖 | 糖粉
ranch dressing | Ranch-Dressing | sauce ranch | salsa ranch | salsa ranch | molho ranch | ランチドレッシング | 田园沙拉酱
red wine vinegar | Rotweinessig | vinaigre de vin rouge | vinagre de vino tinto | aceto di vino rosso | vinagre de vinho tinto | 赤ワインビネガー | 红酒醋
salad dressing | Salatdressing | sauce salade | aliño para ensalada | condimento per insalata | molho para salada | サラダドレッシング | 沙拉酱
salsa | Salsa | salsa | salsa mexicana | salsa messicana | molho salsa | サルサ | 莎莎酱
salt | Salz | sel | sal | sale | sal | 塩 | 盐
sesame dressing | Sesam-Dressing | sauce au sésame | aliño de sésamo | condimento al sesamo | molho de gergelim | ごまドレッシング | 芝麻沙拉酱
soy sauce | Sojasauce | sauce soja | salsa de soja | salsa di soia | molho de soja | 醤油 | 酱油
sugar | Zucker | sucre | azúcar | zucchero | açúcar | 砂糖 | 糖
tahini | Tahin | tahini | tahini | tahina | tahine | タヒニ | 芝麻酱
tartar sauce | Remoulade | sauce tartare | salsa tártara | salsa tartara | molho tártaro | タルタルソース | 塔塔酱
teriyaki sauce | Teriyakisauce | sauce teriyaki | salsa teriyaki | salsa teriyaki | molho teriyaki | 照り焼きソース | 照烧酱
turmeric | Kurkuma | curcuma | cúrcuma | curcuma | cúrcuma | ターメリック | 姜黄
tzatziki | Tsatsiki | tzatziki | tzatziki | tzatziki | tzatziki | ザジキ | 希腊黄瓜酸奶酱
vegetable broth | Gemüsebrühe | bouillon de légumes | caldo de verduras | brodo vegetale | caldo de legumes | 野菜ブロス | 蔬菜高汤
vinegar | Essig | vinaigre | vinagre | aceto | vinagre | 酢 | 醋
Worcestershire sauce | Worcestershiresauce | sauce Worcestershire | salsa Worcestershire | salsa Worcestershire | molho inglês | ウスターソース | 伍斯特酱
`;
