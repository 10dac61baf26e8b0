"""Fits how surely a row is right and of use alone: `seeds/models/statement_quality.csv`, card beside it.

    python -m flows.train.statement_quality.rows GOLD.jsonl LABELS.csv NEWS.jsonl ROWS.jsonl
    python -m flows.train.statement_quality.teacher ROWS.jsonl ANSWERS.npz --base MPNET --tokenizer TOKENIZER.json
    python -m flows.train.statement_quality ROWS.jsonl --teacher ANSWERS.npz [--write SOURCE DATE]

`rows` makes the rows of annotated documents and of news as a build does, `teacher` reads them with a large network that
was trained on the labels, and the last command fits what ships: weights of features that are known when a row is made,
taught by the labels and by the teacher's answers to rows without label. It is of rows as they
are found; `flows.train.backgrounds` fits what is put before them.
"""
