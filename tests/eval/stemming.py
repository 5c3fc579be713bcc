# SPDX-License-Identifier: GPL-2.0-or-later
"""Conflation of fihris-stems on the benchmark of ../shared/eval/stemming, if that folder is there.

usage: stemming.py FIHRIS_STEMS EVAL_FOLDER

Prints types F1, types precision, retrieval F1 and the recall of broken plurals, beside what they have to be.
Exit status 77 (skipped) without the folder, 1 if a figure is too low.
"""
import json
import os
import subprocess
import sys
import tempfile

MUST = {'types F1': 88, 'types P': 88, 'retrieval F1': 94, 'broken plurals R': 85}


def figures(stems, folder, name):
    score = os.path.join(folder, 'score.py')
    gold = os.path.join(folder, name + '.tsv')
    words = subprocess.run([sys.executable, score, '--words', gold], check=True, capture_output=True).stdout
    with tempfile.NamedTemporaryFile(suffix='.tsv') as system:
        system.write(subprocess.run([stems], input=words, check=True, capture_output=True).stdout)
        system.flush()
        out = subprocess.run([sys.executable, score, gold, system.name, '--json'], check=True,
                             capture_output=True).stdout
    result = json.loads(out)
    return {'types F1': result['types']['F1'], 'types P': result['types']['P'],
            'retrieval F1': result['retrieval']['F1'], 'broken plurals R': result['broken']['R']}


def main():
    stems, folder = sys.argv[1:3]
    if not os.path.exists(os.path.join(folder, 'score.py')):
        print('no benchmark at', folder)
        return 77
    low = False
    for name in ('dev', 'dev_pud'):
        for what, value in figures(stems, folder, name).items():
            low = low or value * 100 < MUST[what]
            print(f'{name:8s} {what:18s} {value * 100:5.1f}   must {MUST[what]}')
    return 1 if low else 0


if __name__ == '__main__':
    sys.exit(main())
