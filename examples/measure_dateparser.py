"""What dateparser's search takes for the texts that measure_date_cost writes, in the same session:

    TEXTS=folder cargo run --release --no-default-features --example measure_date_cost
    python examples/measure_dateparser.py folder vi en fr     (with `pip install dateparser`)
"""
import pathlib, sys, time

from dateparser.search import search_dates

folder, languages = pathlib.Path(sys.argv[1]), sys.argv[2:]
for path in sorted(folder.glob("*-running.txt")) + sorted(folder.glob("*-dense.txt")):
    language = path.name.split("-")[0]
    if languages and language not in languages:
        continue
    text, rounds = path.read_text(encoding="utf-8"), []
    for _ in range(2):  # the first round loads the language
        start = time.perf_counter()
        found = search_dates(text, languages=[language]) or []
        rounds.append(time.perf_counter() - start)
    print(f"{path.stem:12} {min(rounds) * 1e3:9.1f} ms  {len(found)} dates", flush=True)
