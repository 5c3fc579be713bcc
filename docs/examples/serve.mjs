// SPDX-License-Identifier: GPL-2.0-or-later
// From Node.js, or any language that starts programs: one process answers all requests.
// serve.mjs FIHRIS INDEX QUERY
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

class Fihris {
  #process;
  #waiting = new Map();
  #last = 0;

  constructor(program, index) {
    this.#process = spawn(program, ["serve", "--stdio", "--db", index], { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: this.#process.stdout }).on("line", (line) => {
      const { id, result, error } = JSON.parse(line);
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(Object.assign(new Error(error.message), error));
      else resolve(result);
    });
    this.#process.on("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("fihris ended"));
    });
  }

  ask(method, params = {}) {
    const id = ++this.#last;
    this.#process.stdin.write(JSON.stringify({ id, method, params }) + "\n");
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  close() {
    this.#process.stdin.end();
  }
}

const [program, index, query] = process.argv.slice(2);
const fihris = new Fihris(program, index);
const [found, months] = await Promise.all([
  fihris.ask("search", { query, limit: 3 }),
  fihris.ask("facets", { query, facets: ["month"] }),
]);
console.log(`${found.total} articles`);
for (const hit of found.hits) console.log(`${hit.rank}. ${hit.title}`);
for (const { id, count } of months.facets[0].values) if (count > 0) console.log(id, "#".repeat(count));
await fihris.ask("serach").catch((error) => console.log(error.code));
fihris.close();
