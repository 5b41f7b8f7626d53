/** Drinks; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const DRINKS = `
almond milk | Mandeldrink | boisson aux amandes | bebida de almendras | bevanda alle mandorle | leite de amêndoas | アーモンドミルク | 杏仁奶
apple juice | Apfelsaft | jus de pomme | zumo de manzana | succo di mela | suco de maçã | りんごジュース | 苹果汁
beer | Bier | bière | cerveza | birra | cerveja | ビール | 啤酒
bubble tea | Bubble Tea | thé aux perles | té de burbujas | bubble tea | bubble tea | タピオカティー | 珍珠奶茶
caffe latte; latte | Milchkaffee | café latte | café con leche | caffè latte | café com leite | カフェラテ | 拿铁咖啡
cappuccino | Cappuccino | cappuccino | capuchino | cappuccino | cappuccino | カプチーノ | 卡布奇诺
chai latte | Chai Latte | chai latte | chai latte | chai latte | chai latte | チャイラテ | 印度奶茶拿铁
chocolate milk | Schokomilch | lait au chocolat | batido de chocolate | latte al cioccolato | leite com chocolate | チョコレートミルク | 巧克力牛奶
coconut water | Kokoswasser | eau de coco | agua de coco | acqua di cocco | água de coco | ココナッツウォーター | 椰子水
coffee; black coffee | Kaffee | café | café | caffè | café | コーヒー | 咖啡
cola | Cola | cola | refresco de cola | cola | refrigerante de cola | コーラ | 可乐
cranberry juice | Cranberrysaft | jus de canneberge | zumo de arándanos rojos | succo di mirtilli rossi | suco de cranberry | クランベリージュース | 蔓越莓汁
diet cola | Cola light | cola light | refresco de cola light | cola light | refrigerante de cola diet | ダイエットコーラ | 无糖可乐
eggnog | Eierpunsch | lait de poule | ponche de huevo | eggnog | gemada | エッグノッグ | 蛋奶酒
energy drink | Energydrink | boisson énergisante | bebida energética | bevanda energetica | bebida energética | エナジードリンク | 能量饮料
espresso | Espresso | expresso | café expreso | espresso | café expresso | エスプレッソ | 浓缩咖啡
fruit smoothie; smoothie | Frucht-Smoothie | smoothie aux fruits | batido de frutas | frullato di frutta | vitamina de frutas | フルーツスムージー | 水果思慕雪
ginger ale | Ginger Ale | ginger ale | ginger ale | ginger ale | ginger ale | ジンジャーエール | 姜汁汽水
grape juice | Traubensaft | jus de raisin | mosto | succo d'uva | suco de uva | ぶどうジュース | 葡萄汁
grapefruit juice | Grapefruitsaft | jus de pamplemousse | zumo de pomelo | succo di pompelmo | suco de toranja | グレープフルーツジュース | 西柚汁
green tea | grüner Tee | thé vert | té verde | tè verde | chá verde | 緑茶 | 绿茶
hard cider; cider | Apfelwein | cidre | sidra | sidro | sidra | シードル | 苹果酒
herbal tea | Kräutertee | tisane | infusión de hierbas | tisana | chá de ervas | ハーブティー | 花草茶
hot chocolate; hot cocoa | heiße Schokolade | chocolat chaud | chocolate caliente | cioccolata calda | chocolate quente | ホットチョコレート | 热巧克力
iced tea | Eistee | thé glacé | té helado | tè freddo | chá gelado | アイスティー | 冰茶
lemon-lime soda | Zitronen-Limetten-Limonade | soda citron-citron vert | refresco de lima-limón | gassosa al limone e lime | refrigerante de limão | レモンライムソーダ | 柠檬味汽水
lemonade | Zitronenlimonade | citronnade | limonada | limonata | limonada | レモネード | 柠檬水
liqueur | Likör | liqueur | licor | liquore | licor | リキュール | 利口酒
milkshake | Milchshake | milk-shake | batido de leche | frappè | milk-shake | ミルクシェイク | 奶昔
mocha | Mocha | moka | café moca | caffè moca | café mocha | カフェモカ | 摩卡咖啡
orange juice | Orangensaft | jus d'orange | zumo de naranja | succo d'arancia | suco de laranja | オレンジジュース | 橙汁
pina colada | Piña Colada | piña colada | piña colada | piña colada | piña colada | ピニャコラーダ | 椰林飘香
pineapple juice | Ananassaft | jus d'ananas | zumo de piña | succo d'ananas | suco de abacaxi | パイナップルジュース | 菠萝汁
red wine | Rotwein | vin rouge | vino tinto | vino rosso | vinho tinto | 赤ワイン | 红葡萄酒
rice milk | Reisdrink | boisson au riz | bebida de arroz | bevanda di riso | leite de arroz | ライスミルク | 米乳
sake | Sake | saké | sake | sakè | saquê | 日本酒 | 清酒
soy milk | Sojadrink | boisson au soja | bebida de soja | bevanda di soia | leite de soja | 豆乳 | 豆浆
spirits | Spirituosen | spiritueux | licores destilados | superalcolici | destilados | 蒸留酒 | 烈酒
sports drink | Sportgetränk | boisson pour sportifs | bebida isotónica | bevanda sportiva | bebida isotônica | スポーツドリンク | 运动饮料
tea; black tea | Tee | thé | té | tè | chá | 紅茶 | 茶
tomato juice | Tomatensaft | jus de tomate | zumo de tomate | succo di pomodoro | suco de tomate | トマトジュース | 番茄汁
tonic water | Tonic Water | eau tonique | agua tónica | acqua tonica | água tônica | トニックウォーター | 汤力水
vegetable juice | Gemüsesaft | jus de légumes | zumo de verduras | succo di verdure | suco de legumes | 野菜ジュース | 蔬菜汁
water | Wasser | eau | agua | acqua | água | 水 | 水
white wine | Weißwein | vin blanc | vino blanco | vino bianco | vinho branco | 白ワイン | 白葡萄酒
`;
