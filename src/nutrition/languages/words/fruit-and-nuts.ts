/** Fruit, nuts and seeds; see `dictionary.ts` for the columns: English, then de, fr, es, it, pt, ja, zh. */
export const FRUIT_AND_NUTS = `
apple; apple slices | Apfel | pomme | manzana | mela | maçã | りんご | 苹果
apples | Äpfel | pommes | manzanas | mele | maçãs | りんご | 苹果
applesauce | Apfelmus | compote de pommes | puré de manzana | purea di mele | purê de maçã | アップルソース | 苹果酱
apricot | Aprikose | abricot | albaricoque | albicocca | damasco | あんず | 杏子
dried apricots | getrocknete Aprikosen | abricots secs | orejones de albaricoque | albicocche secche | damascos secos | 干しあんず | 杏干
avocado | Avocado | avocat | aguacate | avocado | abacate | アボカド | 牛油果
banana; banana slices | Banane | banane | plátano | banana | banana | バナナ | 香蕉
bananas | Bananen | bananes | plátanos | banane | bananas | バナナ | 香蕉
blackberries | Brombeeren | mûres | moras | more | amoras-pretas | ブラックベリー | 黑莓
blueberries | Heidelbeeren | myrtilles | arándanos azules | mirtilli | mirtilos | ブルーベリー | 蓝莓
cantaloupe melon; cantaloupe | Cantaloupe-Melone | melon cantaloup | melón cantalupo | melone cantalupo | melão cantalupo | カンタロープメロン | 哈密瓜
cherries | Kirschen | cerises | cerezas | ciliegie | cerejas | さくらんぼ | 樱桃
coconut meat; coconut | Kokosnuss | noix de coco | coco | cocco | coco | ココナッツ | 椰子肉
toasted desiccated coconut | geröstete Kokosraspel | noix de coco râpée grillée | coco rallado tostado | cocco grattugiato tostato | coco ralado torrado | ローストココナッツ | 烤椰丝
cranberries | Cranberrys | canneberges | arándanos rojos | mirtilli rossi | cranberries | クランベリー | 蔓越莓
dried cranberries | getrocknete Cranberrys | canneberges séchées | arándanos rojos secos | mirtilli rossi secchi | cranberries secas | ドライクランベリー | 蔓越莓干
custard apple | Annone | anone | anona | anona | fruta-do-conde | 釈迦頭 | 番荔枝
dates | Datteln | dattes | dátiles | datteri | tâmaras | デーツ | 椰枣
dragon fruit; dragonfruit; pitaya | Drachenfrucht | fruit du dragon | pitahaya | frutto del drago | pitaia | ドラゴンフルーツ | 火龙果
dried mango; dried fruit (mango) | getrocknete Mango | mangue séchée | mango deshidratado | mango essiccato | manga seca | ドライマンゴー | 芒果干
dried fruit | Trockenobst | fruits secs | fruta desecada | frutta essiccata | frutas secas | ドライフルーツ | 果干
durian | Durian | durian | durián | durian | durião | ドリアン | 榴莲
fig | Feige | figue | higo | fico | figo | いちじく | 无花果
figs | Feigen | figues | higos | fichi | figos | いちじく | 无花果
dried figs | getrocknete Feigen | figues sèches | higos secos | fichi secchi | figos secos | 干しいちじく | 无花果干
fruit cocktail | Fruchtcocktail | cocktail de fruits | cóctel de frutas | cocktail di frutta | coquetel de frutas | フルーツカクテル | 什锦水果罐头
fruit | Obst | fruits | fruta | frutta | frutas | 果物 | 水果
fruit salad; mixed fruit | Obstsalat | salade de fruits | macedonia de frutas | macedonia di frutta | salada de frutas | フルーツサラダ | 水果沙拉
grapefruit | Grapefruit | pamplemousse | pomelo | pompelmo | toranja | グレープフルーツ | 西柚
grapes | Weintrauben | raisin | uvas | uva | uvas | ぶどう | 葡萄
guava | Guave | goyave | guayaba | guava | goiaba | グアバ | 番石榴
honeydew melon; honeydew | Honigmelone | melon miel | melón verde | melone giallo | melão | ハネデューメロン | 白兰瓜
jackfruit | Jackfrucht | jaque | yaca | giaca | jaca | ジャックフルーツ | 菠萝蜜
kiwifruit; kiwi | Kiwi | kiwi | kiwi | kiwi | kiwi | キウイ | 猕猴桃
lemon | Zitrone | citron | limón | limone | limão-siciliano | レモン | 柠檬
lime | Limette | citron vert | lima | lime | limão | ライム | 青柠
lychee | Litschi | litchi | lichi | litchi | lichia | ライチ | 荔枝
mandarin orange; mandarin; tangerine; clementine | Mandarine | mandarine | mandarina | mandarino | tangerina | みかん | 橘子
mango | Mango | mangue | mango | mango | manga | マンゴー | 芒果
nectarine | Nektarine | nectarine | nectarina | nettarina | nectarina | ネクタリン | 油桃
orange | Orange | orange | naranja | arancia | laranja | オレンジ | 橙子
oranges | Orangen | oranges | naranjas | arance | laranjas | オレンジ | 橙子
papaya | Papaya | papaye | papaya | papaya | mamão | パパイヤ | 木瓜
passion fruit | Passionsfrucht | fruit de la passion | maracuyá | frutto della passione | maracujá | パッションフルーツ | 百香果
peach; peach slices | Pfirsich | pêche | melocotón | pesca | pêssego | 桃 | 桃子
peaches | Pfirsiche | pêches | melocotones | pesche | pêssegos | 桃 | 桃子
pear | Birne | poire | pera | pera | pera | 洋梨 | 梨
pears | Birnen | poires | peras | pere | peras | 洋梨 | 梨
persimmon | Kaki | kaki | caqui | cachi | caqui | 柿 | 柿子
pineapple; pineapple chunks | Ananas | ananas | piña | ananas | abacaxi | パイナップル | 菠萝
plantain | Kochbanane | banane plantain | plátano macho | platano | banana-da-terra | 調理用バナナ | 大蕉
plum | Pflaume | prune | ciruela | prugna | ameixa | プラム | 李子
plums | Pflaumen | prunes | ciruelas | prugne | ameixas | プラム | 李子
pomegranate | Granatapfel | grenade | granada | melagrana | romã | ざくろ | 石榴
prunes | Trockenpflaumen | pruneaux | ciruelas pasas | prugne secche | ameixas secas | プルーン | 西梅干
raisins | Rosinen | raisins secs | pasas | uvetta | uvas-passas | レーズン | 葡萄干
raspberries | Himbeeren | framboises | frambuesas | lamponi | framboesas | ラズベリー | 覆盆子
red currants | Rote Johannisbeeren | groseilles rouges | grosellas rojas | ribes rosso | groselhas | 赤すぐり | 红醋栗
rose hips | Hagebutten | cynorrhodons | escaramujos | rosa canina | frutos de roseira-brava | ローズヒップ | 玫瑰果
starfruit | Sternfrucht | carambole | carambola | carambola | carambola | スターフルーツ | 杨桃
strawberries; frozen strawberries | Erdbeeren | fraises | fresas | fragole | morangos | いちご | 草莓
strawberry | Erdbeere | fraise | fresa | fragola | morango | いちご | 草莓
watermelon | Wassermelone | pastèque | sandía | anguria | melancia | すいか | 西瓜
acorns | Eicheln | glands | bellotas | ghiande | bolotas | どんぐり | 橡子
almonds | Mandeln | amandes | almendras | mandorle | amêndoas | アーモンド | 杏仁
blanched almonds | geschälte Mandeln | amandes mondées | almendras peladas | mandorle pelate | amêndoas sem pele | 皮なしアーモンド | 去皮杏仁
almond butter | Mandelmus | beurre d'amande | crema de almendras | burro di mandorle | pasta de amêndoa | アーモンドバター | 杏仁酱
brazil nuts | Paranüsse | noix du Brésil | nueces de Brasil | noci del Brasile | castanhas-do-pará | ブラジルナッツ | 巴西坚果
cashews; cashew nuts | Cashewkerne | noix de cajou | anacardos | anacardi | castanhas de caju | カシューナッツ | 腰果
chia seeds | Chiasamen | graines de chia | semillas de chía | semi di chia | sementes de chia | チアシード | 奇亚籽
flax seeds | Leinsamen | graines de lin | semillas de lino | semi di lino | sementes de linhaça | 亜麻仁 | 亚麻籽
hazelnuts | Haselnüsse | noisettes | avellanas | nocciole | avelãs | ヘーゼルナッツ | 榛子
hemp seeds | Hanfsamen | graines de chanvre | semillas de cáñamo | semi di canapa | sementes de cânhamo | ヘンプシード | 火麻仁
macadamia nuts | Macadamianüsse | noix de macadamia | nueces de macadamia | noci di macadamia | nozes de macadâmia | マカダミアナッツ | 夏威夷果
nuts | Nüsse | fruits à coque | frutos secos | frutta a guscio | castanhas e nozes | ナッツ | 坚果
mixed nuts | Nussmischung | mélange de noix | mezcla de frutos secos | frutta secca mista | mix de castanhas | ミックスナッツ | 混合坚果
peanuts | Erdnüsse | cacahuètes | cacahuetes | arachidi | amendoins | ピーナッツ | 花生
dry-roasted peanuts | geröstete Erdnüsse | cacahuètes grillées | cacahuetes tostados | arachidi tostate | amendoins torrados | ローストピーナッツ | 烤花生
peanut butter | Erdnussbutter | beurre de cacahuète | mantequilla de cacahuete | burro di arachidi | pasta de amendoim | ピーナッツバター | 花生酱
pecans | Pekannüsse | noix de pécan | pacanas | noci pecan | nozes-pecã | ピーカンナッツ | 碧根果
pine nuts | Pinienkerne | pignons de pin | piñones | pinoli | pinhões | 松の実 | 松子
pistachios | Pistazien | pistaches | pistachos | pistacchi | pistaches | ピスタチオ | 开心果
pumpkin seeds | Kürbiskerne | graines de courge | semillas de calabaza | semi di zucca | sementes de abóbora | かぼちゃの種 | 南瓜子
roasted chestnuts; chestnuts | geröstete Maronen | marrons grillés | castañas asadas | caldarroste | castanhas assadas | 焼き栗 | 烤栗子
sesame seeds | Sesam | graines de sésame | semillas de sésamo | semi di sesamo | gergelim | ごま | 芝麻
sunflower seeds | Sonnenblumenkerne | graines de tournesol | pipas de girasol | semi di girasole | sementes de girassol | ひまわりの種 | 葵花籽
trail mix | Studentenfutter | mélange montagnard | mezcla de frutos secos y pasas | mix di frutta secca e uvetta | mix de castanhas e frutas secas | トレイルミックス | 什锦干果
walnuts | Walnüsse | noix | nueces | noci | nozes | くるみ | 核桃
`;
