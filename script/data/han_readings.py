#!/usr/bin/env python3
"""Writes data/names/han.tsv: one line a Chinese character, its Mandarin reading, its Korean readings and its variant.

Source: Unihan database of Unicode 15.0.0 (fields kMandarin, kHangul, kKorean, kTraditionalVariant, kSimplifiedVariant,
kZVariant), as packaged by Debian in `unicode-data` (licence: Unicode-DFS-2016). Run: apt-get install unicode-data, then
    script/data/han_readings.py > data/names/han.tsv
Kept are characters of the national sets of China, Taiwan, Japan and Korea (GB 2312, Big5, JIS X 0208, KS X 1001) and all
that Korean law allows in personal names (kKoreanName). Where kHangul is absent (Japanese and simplified forms) the reading is
taken from the character's variant, or from kKorean, whose romanisation is read by the majority of the characters that have both.
"""
import bz2
import collections
import sys
import unicodedata

FOLDER = sys.argv[1] if len(sys.argv) > 1 else '/usr/share/unicode'


def table(name):
    rows = collections.defaultdict(dict)
    with bz2.open(f'{FOLDER}/Unihan_{name}.txt.bz2', 'rt', encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('U+'):
                code, field, value = line.rstrip('\n').split('\t', 2)
                rows[chr(int(code[2:], 16))][field] = value
    return rows


def plain(pinyin):
    """lǚ -> lv, zhèng -> zheng: tones go, u with two dots is written v."""
    out = ''
    for c in unicodedata.normalize('NFD', pinyin.replace('ü', 'v').replace('ǚ', 'v').replace('ǜ', 'v').replace('ǘ', 'v')):
        if not unicodedata.combining(c):
            out += c
    return out


readings, variants, mappings = table('Readings'), table('Variants'), table('OtherMappings')
hangul = {c: [p.split(':')[0] for p in f['kHangul'].split()] for c, f in readings.items() if 'kHangul' in f}
votes = collections.defaultdict(collections.Counter)
for c, f in readings.items():
    if 'kKorean' in f and len(hangul.get(c, [])) == 1 and len(f['kKorean'].split()) == 1:
        votes[f['kKorean']][hangul[c][0]] += 1
korean = {r: v.most_common(1)[0][0] for r, v in votes.items()}


# Japanese forms (1946) of characters that Unihan does not link to their traditional ones.
JAPANESE = dict(zip('亜悪圧囲為医壱隠栄営衛駅円塩奥応桜価画会絵壊懐覚楽関巻気帰偽戯拠挙虚峡挟狭暁勲薫径恵経軽継鶏芸撃県剣険圏検顕験厳広鉱国黒済剤斎雑参桟蚕惨賛残糸児辞湿実写釈寿収従渋縦処叙奨焼証条状乗浄剰畳縄嬢譲触嘱真寝尽図粋酔随髄数枢声斉静摂窃専浅戦践銭潜繊禅双壮争荘捜挿総騒蔵続堕対帯滞滝択沢単担団弾断遅昼鋳庁聴鎮逓鉄転点伝灯当党盗闘徳独読届弐悩脳覇拝廃売麦発髪抜蛮秘浜瓶払仏並変辺弁宝豊没翻満黙訳薬与誉様謡覧竜両猟塁励礼霊齢歴恋炉労録',
                    '亞惡壓圍爲醫壹隱榮營衞驛圓鹽奧應櫻價畫會繪壞懷覺樂關卷氣歸僞戲據擧虛峽挾狹曉勳薰徑惠經輕繼鷄藝擊縣劍險圈檢顯驗嚴廣鑛國黑濟劑齋雜參棧蠶慘贊殘絲兒辭濕實寫釋壽收從澁縱處敍奬燒證條狀乘淨剩疊繩孃讓觸囑眞寢盡圖粹醉隨髓數樞聲齊靜攝竊專淺戰踐錢潛纖禪雙壯爭莊搜插總騷藏續墮對帶滯瀧擇澤單擔團彈斷遲晝鑄廳聽鎭遞鐵轉點傳燈當黨盜鬪德獨讀屆貳惱腦霸拜廢賣麥發髮拔蠻祕濱甁拂佛竝變邊辨寶豐沒飜滿默譯藥與譽樣謠覽龍兩獵壘勵禮靈齡歷戀爐勞錄'))


def linked(c):
    for field in ('kTraditionalVariant', 'kZVariant', 'kSimplifiedVariant', 'kSemanticVariant'):
        for code in variants[c].get(field, '').split() if c in variants else []:
            other = chr(int(code.split('<')[0][2:], 16))
            if other != c:
                yield other


print('# char, Mandarin, Korean readings, traditional form where it differs')
print('# Unihan, Unicode 15.0.0 (Unicode-DFS-2016), by script/data/han_readings.py')
for c in sorted(set(readings) | set(mappings)):
    if not 0x3400 <= ord(c) <= 0x9fff or 'kMandarin' not in readings.get(c, {}):
        continue
    if not any(f in mappings.get(c, {}) for f in ('kGB0', 'kBigFive', 'kJis0', 'kKSC0', 'kKoreanName')):
        continue
    own = list(hangul.get(c, []))
    for other in linked(c) if not own else ():
        own += [h for h in hangul.get(other, []) if h not in own]
        if own:
            break
    if not own:
        own = [korean[r] for r in readings[c].get('kKorean', '').split() if r in korean]
    trad = variants[c].get('kTraditionalVariant', '').split() if c in variants else []
    trad = [chr(int(t[2:], 16)) for t in trad]
    # A simplified character stands for several traditional ones of its sound: 台 is 태, and 대 where it stands for 臺.
    for other in trad:
        if plain(readings.get(other, {}).get('kMandarin', '?').split()[0]) == plain(readings[c]['kMandarin'].split()[0]):
            own += [h for h in hangul.get(other, []) if h not in own]
    form = trad[0] if trad and c not in trad else ''
    form = form or JAPANESE.get(c, '')
    if trad and len(trad) > 1 and trad[0] == c:
        form = trad[1]  # the simplified character is also a traditional one: the other form is the usual one
    print('\t'.join([c, plain(readings[c]['kMandarin'].split()[0]), ''.join(own), form]).rstrip('\t'))
