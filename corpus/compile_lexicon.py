# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiles the lexicon and the names of the authority files into one C++ table.

usage: compile_lexicon.py OUT.cc CORPUS_DIR [--check]

What goes in: corpus/lexicon/*.tsv and the better known names of corpus/authority/*.tsv. What comes out: a
hash table of folded stems, each with its written form, the endings it may take and the lemma it belongs to
(lib/analysis/lexicon.h reads it). --check lists every row that breaks a rule and fails if there is one.
"""
import collections
import os
import re
import sys

import lexicon_inflect as inflect

FORMAT = 1
FOLD = str.maketrans({'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ؤ': 'و', 'ئ': 'ي', 'ى': 'ي', 'ة': 'ه', 'ی': 'ي',
                      'ک': 'ك', 'گ': 'ك', 'پ': 'ب', 'چ': 'ج', 'ژ': 'ز', 'ڤ': 'ف'})
LETTERS = re.compile('^[ء-غف-ي]+$')
MARKS = re.compile('[\u064b-\u065f\u0670\u0640]')
CLASSES = ['noun', 'noun_t', 'adjective', 'verb', 'name', 'function']
PRONOUN_LESS = 1 << 21


def fold(word):
    return MARKS.sub('', word).translate(FOLD)


def code(char):
    return ord(char) - 0x620


def hash_of(folded):
    value = 0
    for char in folded:
        value = (value * 0x9E3779B1 + code(char) + 1) & 0xFFFFFFFF
    return value


def slot_of(value, bits):
    value ^= value >> 15
    return (value * 0x2C1B3C6D & 0xFFFFFFFF) >> (32 - bits)


class Lexicon:
    def __init__(self):
        self.lemmas = {}   # (key, class) -> [index, written, cost]
        self.forms = {}    # (stem, lemma index) -> {groups: cost}
        self.known = set()  # folded surface words of the hand-written part
        self.problems = []

    def lemma(self, written, word_class, cost=0, key=None):
        key = key or fold(written) + ('/v' if word_class == 'verb' else '')
        found = self.lemmas.setdefault((key, word_class), [len(self.lemmas), written, cost])
        found[2] = min(found[2], cost)
        return found[0]

    def add(self, lemma, forms, extra=0):
        for stem, groups, cost in forms:
            stem = MARKS.sub('', stem)
            if not groups or not stem or len(stem) > 15 or not LETTERS.match(stem):
                continue
            mask = 0
            for group in groups:
                mask |= 1 << inflect.GROUPS[group]
            if mask >> 18 and not mask & ((1 << 19) - 1):
                continue
            entry = self.forms.setdefault((stem, lemma), {})
            entry[mask] = min(entry.get(mask, 99), cost + extra)

    def has(self, written, *classes):
        return any((fold(written), c) in self.lemmas for c in classes)


def rows(path, lexicon):
    header = None
    if not os.path.exists(path):
        return
    with open(path, encoding='utf-8') as text:
        for number, line in enumerate(text, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            cells = line.split('\t')
            if header is None:
                header = cells
                continue
            if len(cells) > len(header):
                lexicon.problems.append(f'{path}:{number}: {len(cells)} cells, the header has {len(header)}')
                continue
            row = dict.fromkeys(header, '')
            row.update(zip(header, (c.strip() for c in cells)))
            row['where'] = f'{path}:{number}'
            yield row


def parts(cell):
    return [p for p in cell.split('|') if p and p != '-']


def check_word(lexicon, row, word):
    if LETTERS.match(MARKS.sub('', word)):
        return True
    lexicon.problems.append(f"{row['where']}: not an Arabic word: {word!r}")
    return False


def read_nouns(lexicon, path):
    for row in rows(path, lexicon):
        lemma, kind = row['lemma'], row['class']
        if not check_word(lexicon, row, lemma):
            continue
        if kind not in ('m', 'f', 't', 'c'):
            lexicon.problems.append(f"{row['where']}: class {kind!r} is not m, f, t or c")
            continue
        variants = [v[2:] if v.startswith('ال') and not lemma.startswith('ال') else v for v in parts(row['variants'])]
        index = lexicon.lemma(lemma, 'noun_t' if lemma.endswith('ة') else 'noun')
        lexicon.add(index, inflect.noun(lemma, kind, parts(row['plurals']), variants))


def read_adjectives(lexicon, path):
    for row in rows(path, lexicon):
        lemma = row['lemma']
        if not check_word(lexicon, row, lemma):
            continue
        index = lexicon.lemma(lemma, 'adjective')
        lexicon.add(index, inflect.adjective(lemma, parts(row['plurals']), row['feminine'].split('|')[0],
                                             parts(row['variants'])))
        for elative in parts(row['elative']):
            if elative == lemma or not check_word(lexicon, row, elative):
                continue
            own = lexicon.lemma(elative, 'adjective')
            lexicon.add(own, inflect.noun(elative, 'm', ['+ون']))
            feminine = inflect.elative_feminine(elative)
            if feminine:
                lexicon.add(own, inflect._body(feminine, ('BARE', 'PRON', 'AT', 'DUAL')), 2)


def read_verbs(lexicon, path):
    derived = []
    for row in rows(path, lexicon):
        lemma = row['lemma']
        if not check_word(lexicon, row, lemma):
            continue
        if row['imperfect'] and not row['imperfect'].startswith('ي'):
            lexicon.problems.append(f"{row['where']}: imperfect {row['imperfect']!r} does not begin with ي")
            continue
        index = lexicon.lemma(lemma, 'verb')
        lexicon.add(index, inflect.verb(lemma, row['form'], row['imperfect'], parts(row['stems'])))
        derived.append(row)
    for row in derived:
        for masdar in parts(row['masdars']):
            if not check_word(lexicon, row, masdar):
                continue
            if lexicon.has(masdar, 'noun', 'noun_t'):
                continue
            cost = 14 if row['form'] in ('5', '6') else 10
            index = lexicon.lemma(masdar, 'noun_t' if masdar.endswith('ة') else 'noun', cost)
            defective = [masdar[:-1]] if masdar.endswith('ي') and row['form'] in ('5', '6') else []
            lexicon.add(index, inflect.noun(masdar, 'm', ['+ات'] if row['form'] != '1' or masdar.endswith('ة') else [],
                                            defective))
        for participle in parts(row['participles']):
            if not check_word(lexicon, row, participle) or lexicon.has(participle, 'adjective'):
                continue
            index = lexicon.lemma(participle, 'adjective', 8)
            lexicon.add(index, inflect.adjective(participle, defective=True))


def read_functions(lexicon, path):
    for row in rows(path, lexicon):
        word = row['word']
        if not check_word(lexicon, row, word):
            continue
        lemma = row.get('lemma') or word
        index = lexicon.lemma(lemma, 'function', key=fold(lemma))
        groups = ('BARE', 'PRON', 'NOUNISBA')
        forms = [(word, groups, 0)]
        if word.endswith('ى'):
            forms.append((word[:-1] + 'ي', ('PRON', 'NEEDSPRON'), 0))
        lexicon.add(index, forms)
        if row['stop'] not in ('', '0', 'no', '-'):
            STOPS.add(index)


STOPS = set()
KNOWN_KINDS = {'country', 'admin1', 'admin2', 'city'}


def authority_names(path, lexicon, is_faction):
    for row in rows(path, lexicon):
        if not is_faction:
            population = int(row['population']) if row.get('population', '').isdigit() else 0
            if row.get('kind') not in KNOWN_KINDS and population < 10000:
                continue
        names = [row.get('ar', '')] + (row.get('names') or row.get('aliases') or '').split('|')
        for name in names:
            for word in re.split(r'[^\u0621-\u065f]+', MARKS.sub('', name)):
                yield word


def read_names(lexicon, corpus):
    words = [(row['word' if 'word' in row else 'name'], 0)
             for row in rows(os.path.join(corpus, 'lexicon', 'names.tsv'), lexicon)]
    for name, is_faction in (('factions.tsv', True), ('regions.tsv', False)):
        words += [(w, 1) for w in authority_names(os.path.join(corpus, 'authority', name), lexicon, is_faction)]
    taken = {fold(stem) for stem, _ in lexicon.forms}
    for word, source in words:
        word = word[2:] if word.startswith('ال') and len(word) > 4 else word
        if len(word) < 3 or not LETTERS.match(word):
            continue
        key = fold(word)
        if source and (key in taken or key[:-1] in taken and key[-1] == 'ه'):
            continue  # a common word inside a name stays a common word
        index = lexicon.lemma(word, 'name', 3)
        stem, groups = (word[:-1], ('TEH',)) if word.endswith('ة') else (word, ('BARE', ))
        lexicon.add(index, [(stem, groups, 0)])


def read_ranks(lexicon, path):
    """ranks.tsv: lemma, class, cost; a negative cost makes the readings of the lemma likelier."""
    ranks = {}
    for row in rows(path, lexicon):
        key = fold(row['lemma']) + ('/v' if row['class'] == 'verb' else '')
        for word_class in CLASSES:
            if row['class'] == word_class or row['class'] == 'noun' and word_class == 'noun_t':
                if (key, word_class) in lexicon.lemmas:
                    lexicon.lemmas[key, word_class][2] += int(row['cost'])
                    ranks[row['where']] = True
        if row['where'] not in ranks:
            lexicon.problems.append(f"{row['where']}: no such lemma: {row['lemma']} {row['class']}")


def write(lexicon, out):
    entries = collections.defaultdict(list)
    lemma_of = {index: (key, word_class, written, cost)
                for (key, word_class), (index, written, cost) in lexicon.lemmas.items()}
    for (stem, lemma), masks in lexicon.forms.items():
        plain = 0
        merged = collections.defaultdict(int)  # (mark bits, cost) -> groups
        for mask, cost in masks.items():
            merged[mask >> 19, cost] |= mask
        for (_, cost), mask in sorted(merged.items()):
            entries[fold(stem)].append((stem, mask, lemma, cost))
    bits = max(8, (len(entries) * 2 - 1).bit_length())
    pool, offsets = bytearray(), {}

    def offset(data):
        if data not in offsets:
            offsets[data] = len(pool)
            pool.extend(data)
        return offsets[data]

    used = sorted({e[2] for group in entries.values() for e in group})
    renumber = {old: new for new, old in enumerate(used)}
    flat, table = [], [0] * (1 << bits)
    for folded in sorted(entries):
        group = sorted(entries[folded], key=lambda e: (e[3], e[0], e[2], e[1]))
        first = len(flat)
        for position, (stem, mask, lemma, cost) in enumerate(group):
            last = position + 1 == len(group)
            text = offset(bytes(code(c) for c in stem))
            flat.append((mask | (1 << 31 if last else 0), renumber[lemma], text, len(stem), max(-100, min(100, cost))))
        value = hash_of(folded)
        at = slot_of(value, bits)
        while table[at]:
            at = (at + 1) & ((1 << bits) - 1)
        table[at] = (first + 1) | (value & 0xFF) << 24
    lemma_rows = []
    keys, key_at = bytearray(), {}
    for old in used:
        key, word_class, written, cost = lemma_of[old]
        cells = []
        for text in (key, MARKS.sub('', written)):
            data = text.encode()
            if data not in key_at:
                key_at[data] = len(keys)
                keys.extend(data)
            cells += [key_at[data], len(data)]
        lemma_rows.append((*cells, CLASSES.index(word_class), int(old in STOPS), max(-100, min(100, cost))))
    digest = fingerprint(flat, lemma_rows, pool, keys)
    with open(out, 'w', encoding='utf-8') as to:
        put = to.write
        put('// Made by corpus/compile_lexicon.py; do not edit.\n#include "analysis/lexicon.h"\n\n')
        put('namespace fihris::analysis::lexicon {\n')
        put(f'const unsigned kTableBits = {bits};\n')
        put(f'const char kVersion[] = "{FORMAT}.{digest:016x}";\n')
        numbers(put, 'std::uint32_t kTable[]', [f'{v}u' for v in table])
        numbers(put, 'LexEntry kEntries[]', ['{%du,%d,%d,%d,%d}' % (e[0], e[1], e[2], e[3], e[4]) for e in flat])
        numbers(put, 'LexLemma kLemmas[]', ['{%d,%d,%d,%d,%d,%d,%d}' % r for r in lemma_rows])
        numbers(put, 'unsigned char kStems[]', [str(b) for b in pool])
        numbers(put, 'unsigned char kKeys[]', [str(b) for b in keys])
        put(f'const std::size_t kEntryCount = {len(flat)};\nconst std::size_t kLemmaCount = {len(lemma_rows)};\n')
        put('}  // namespace fihris::analysis::lexicon\n')


def numbers(put, name, values):
    put(f'extern const {name};\nconst {name} = {{\n')
    for at in range(0, len(values), 32):
        put(','.join(values[at:at + 32]) + ',\n')
    put('};\n')


def fingerprint(*data):
    """FNV-1a, 64 bits, of everything that decides a key."""
    value = 0xCBF29CE484222325
    for byte in repr(data).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def compile_all(corpus):
    lexicon = Lexicon()
    folder = os.path.join(corpus, 'lexicon')
    read_functions(lexicon, os.path.join(folder, 'function.tsv'))
    read_nouns(lexicon, os.path.join(folder, 'nouns.tsv'))
    read_adjectives(lexicon, os.path.join(folder, 'adjectives.tsv'))
    read_verbs(lexicon, os.path.join(folder, 'verbs.tsv'))
    read_names(lexicon, corpus)
    read_ranks(lexicon, os.path.join(folder, 'ranks.tsv'))
    return lexicon


def main():
    out, corpus = sys.argv[1:3]
    lexicon = compile_all(corpus)
    if '--check' in sys.argv:
        print('\n'.join(lexicon.problems))
        sys.exit(1 if lexicon.problems else 0)
    write(lexicon, out)


if __name__ == '__main__':
    main()
