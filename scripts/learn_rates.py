#!/usr/bin/env python3
"""Learns the weights of `claims rate` from labelled sentences. Needs numpy (pip install numpy).

    learn_rates.py --claims target/release/claims --scheme yu2019 -o data/rates/yu2019.toml a.tsv b.tsv [--cv 5]

A file has lines `text<TAB>label` or, for pairs, `text<TAB>label<TAB>text<TAB>label<TAB>...`; labels are none, correlational,
conditional, causal. The reading is done by `claims rate --features`, so that there is one implementation of it. What is written
are names of cues and numbers, never a sentence.

Model: multinomial logistic regression with an elastic penalty. Cues met in fewer than --least sentences are dropped. A cue counts the
more the rarer it is, and the cues of a sentence together count alike in every sentence (as in TF-IDF); both are folded into the
weights that are written, so that `claims rate` only adds up. With --scheme insciout, files of two columns (Yu's coding) are recoded
first: a denied effect is none, "can" with a verb of cause is conditional. That makes none far more frequent than among the sentences
that were coded in the scheme; its bias is moved half way to their share.

--cv N measures: in N folds, the lines of one release together (a title begins a release), with F1 of each class and the confusions.
"""
import argparse, collections, subprocess, sys
import numpy as np

AGREEMENT = 2.5  # as in src/rate.rs
CLASSES = ["none", "correlational", "conditional", "causal"]


def rows(path):
    """Text, label, whether of a pair, and the group that folds keep together."""
    out, group, title = [], 0, False
    for number, line in enumerate(open(path, encoding="utf-8")):
        cells = line.rstrip("\n").split("\t")
        if len(cells) >= 4 and cells[3] in CLASSES:
            out += [(cells[0], cells[1], True, (path, number)), (cells[2], cells[3], True, (path, number))]
        elif len(cells) >= 2 and cells[1] in CLASSES:
            heads = not cells[0].rstrip("\"'”’) ").endswith((".", "!", "?"))
            if heads and not title or number % 8 == 0 and not heads and not title:
                group = number
            title = heads
            out.append((cells[0], cells[1], False, (path, group)))
    return out


def features(claims, texts):
    done = subprocess.run([claims, "rate", "--features", "--lines", "-"], input="\n".join(texts) + "\n",
                          capture_output=True, text=True, check=True)
    lines = done.stdout.rstrip("\n").split("\n")
    assert len(lines) == len(texts), (len(lines), len(texts))
    return [set(line.split("\t")) for line in lines]


def recode(label, cues):
    """Yu's coding to that of InSciOut, as far as cues tell."""
    denied = any(c.startswith(("denied cause", "denied change", "denied linked", "denied link", "denied effect"))
                 or c.endswith(".after-do") for c in cues)
    if label in ("causal", "correlational") and denied:
        return "none"
    if label == "causal" and any(c.endswith(".after-can") for c in cues):
        return "conditional"
    return label


def fit(X, y, w, l1, l2, rounds):
    """Accelerated proximal gradient; the first column ("always") is not penalised."""
    n, d = X.shape
    Y = np.eye(4, dtype=np.float32)[y]
    B = np.zeros((d, 4), np.float32)
    V, t = B.copy(), 1.0
    total = w.sum()
    v = np.ones(d, np.float32)
    for _ in range(15):  # the largest eigenvalue, by power iteration
        v = X.T @ (w * (X @ v)); size = np.linalg.norm(v); v /= size
    step = 1.0 / (0.55 * size / total + l2)
    pen = np.full((d, 1), l1, np.float32); pen[0] = 0
    for _ in range(rounds):
        Z = X @ V
        Z -= Z.max(1, keepdims=True)
        P = np.exp(Z); P /= P.sum(1, keepdims=True)
        G = X.T @ ((P - Y) * w[:, None]) / total + l2 * V
        N = V - step * G
        N = np.sign(N) * np.maximum(np.abs(N) - step * pen, 0)
        t2 = (1 + (1 + 4 * t * t) ** 0.5) / 2
        V = N + (t - 1) / t2 * (N - B)
        B, t = N, t2
    return B


def weights(X, y, pairs, a):
    """What is written: fitted on balanced rows, rounded, for sums over the cues as they are."""
    shares = np.bincount(y, minlength=4) / len(y)
    w = (np.where(pairs, a.pairs, 1.0) * (0.25 / shares[y]) ** a.balance).astype(np.float32)
    rarity = (np.log(len(y) / np.maximum(X.sum(0), 1)) + 0.5) ** a.rarity
    rarity[0] = 1
    S = X * rarity
    S[:, 0] = 0
    norm = np.sqrt((S * S).sum(1, keepdims=True))
    S /= np.maximum(norm, 1e-6)
    S[:, 0] = 1
    B = fit(S.astype(np.float32), y, w, a.l1, a.l2, a.rounds) * rarity[:, None]
    B[1:] /= norm.mean()
    if a.scheme == "insciout" and pairs.any():
        B[0, 0] += 0.5 * np.log(np.mean(y[pairs] == 0) / shares[0])
    return np.where(np.abs(B) < a.drop, 0, np.round(B, 2))


def scores(y, p):
    """F1 of the classes that occur."""
    out = []
    for c in range(4):
        tp = ((y == c) & (p == c)).sum(); n = (y == c).sum() + (p == c).sum()
        if n: out.append(2 * tp / n)
    return out


def measure(name, y, p):
    f = scores(y, p)
    print(f"{name}: macro-F1 {np.mean(f):.3f}, accuracy {np.mean(y == p):.3f}, "
          + ", ".join(f"{c} {v:.2f}" for c, v in zip(CLASSES, f)))
    for c in range(4):
        print(f"  {CLASSES[c]:14}" + "".join(f"{((y == c) & (p == d)).sum():6}" for d in range(4)))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("files", nargs="+")
    ap.add_argument("--claims", required=True)
    ap.add_argument("--scheme", default="yu2019")
    ap.add_argument("-o", "--out")
    ap.add_argument("--rarity", type=float, default=1.5, help="how much more a rare cue counts: power of its information")
    ap.add_argument("--least", type=int, default=6, help="sentences in which a cue must be met")
    ap.add_argument("--l1", type=float, default=2e-5, help="penalty on the number of weights")
    ap.add_argument("--l2", type=float, default=3.4e-5, help="penalty on their size")
    ap.add_argument("--drop", type=float, default=0.03, help="weights smaller than this are not written")
    ap.add_argument("--rounds", type=int, default=200)
    ap.add_argument("--pairs", type=float, default=1.5, help="weight of sentences of pairs")
    ap.add_argument("--balance", type=float, default=0.3, help="how far rare classes are weighed up, 0 to 1")
    ap.add_argument("--cv", type=int, default=0, help="folds of a cross-validation")
    ap.add_argument("--seed", type=int, default=0, help="which groups share a fold")
    a = ap.parse_args()
    data = []
    for f in a.files:
        data += [(f, *r) for r in rows(f)]
    feats = features(a.claims, [r[1] for r in data])
    labels = [r[2] for r in data]
    if a.scheme == "insciout":
        labels = [l if r[3] else recode(l, c) for l, r, c in zip(labels, data, feats)]
    count = collections.Counter(c for cues in feats for c in cues)
    names = ["always"] + sorted(c for c, n in count.items() if n >= a.least and c != "always")
    place = {c: i for i, c in enumerate(names)}
    X = np.zeros((len(data), len(names)), np.float32)
    for i, cues in enumerate(feats):
        for c in cues:
            if c in place: X[i, place[c]] = 1
    y = np.array([CLASSES.index(l) for l in labels])
    pairs = np.array([r[3] for r in data])
    files = np.array([r[0] for r in data])
    print(f"{len(data)} sentences, {len(names)} cues met often enough", file=sys.stderr)
    if a.cv:
        groups = sorted({r[4] for r in data})
        order = np.random.RandomState(a.seed).permutation(len(groups))
        fold_of = {g: int(order[i] % a.cv) for i, g in enumerate(groups)}
        fold = np.array([fold_of[r[4]] for r in data])
        p = np.zeros(len(data), int)
        shares = np.zeros((len(data), 4))
        for k in range(a.cv):
            sums = X[fold == k] @ weights(X[fold != k], y[fold != k], pairs[fold != k], a)
            p[fold == k] = sums.argmax(1)
            shares[fold == k] = np.exp(sums - sums.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        for f in a.files:
            at = files == f
            measure(f.split("/")[-1], y[at], p[at])
            if pairs[at].any():
                gold = np.sign(y[at][::2] - y[at][1::2]) + 1
                one, other = shares[at][::2], shares[at][1::2]
                # As StrengthRating::beside: two statements of one finding mostly agree.
                both = one[:, :, None] * other[:, None, :] * (1 + (AGREEMENT - 1) * np.eye(4))
                best = both.reshape(len(both), 16).argmax(1)
                for how, got in (("each alone", p[at][::2] - p[at][1::2]), ("side by side", best // 4 - best % 4)):
                    print(f"  downplays, same, exaggerates, {how}: macro-F1 {np.mean(scores(gold, np.sign(got) + 1)):.3f}")
    if a.out:
        B = weights(X, y, pairs, a)
        used = int((np.abs(B).sum(1) > 0).sum())
        print(f"{used} cues with {int((B != 0).sum())} weights", file=sys.stderr)
        with open(a.out, "w", encoding="utf-8") as out:
            out.write(f"# Weights of `claims rate --scheme {a.scheme}`. Written by scripts/learn_rates.py from labelled sentences, none of which is\n"
                      f"# stored; {len(data)} sentences, cues met in at least {a.least} of them, l1 {a.l1}, l2 {a.l2}, rarity {a.rarity}. A key is the name of a cue that\n"
                      "# `claims rate --features` prints; the four numbers are what it adds to none, correlational, conditional, causal.\n"
                      "\n[weights]\n")
            for i in sorted(range(len(names)), key=lambda i: names[i]):
                if B[i].any():
                    numbers = ", ".join(f"{v:.2f}" if v else "0.0" for v in B[i])
                    out.write(f'"{names[i]}" = [{numbers}]\n')


main()
