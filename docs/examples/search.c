/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Index articles and search them from C: search ARTICLES.jsonl INDEX QUERY */
#include <fihris.h>
#include <stdio.h>
#include <string.h>

static fihris_error error;

static int fail(void) {
  fprintf(stderr, "%s: %s\n%s\n", fihris_status_name(error.status), error.message, error.hint);
  return 3;
}

int main(int count, char **words) {
  if (count != 4) return 2;
  fihris_authority *authority = NULL;
  if (fihris_authority_builtin(&authority, &error)) return fail();

  const fihris_view input = {words[1], strlen(words[1])};
  const fihris_view index = {words[2], strlen(words[2])};
  fihris_reader *reader = NULL;
  fihris_indexer *indexer = NULL;
  uint64_t added = 0;
  if (fihris_reader_open(&input, 1, NULL, 0, &reader, &error) ||
      fihris_indexer_open(index.data, index.size, authority, NULL, 0, &indexer, &error) ||
      fihris_indexer_add_from(indexer, reader, 0, &added, &error) ||
      fihris_indexer_commit(indexer, &error)) {
    return fail();
  }
  fihris_reader_free(reader);
  fihris_indexer_free(indexer);

  static const char request[] = "{\"limit\":2,\"facets\":[{\"facet\":\"faction\",\"top\":3}]}";
  fihris_searcher *searcher = NULL;
  fihris_string results = {NULL, 0};
  if (fihris_searcher_open(&index, 1, authority, &searcher, &error) ||
      fihris_searcher_search(searcher, words[3], strlen(words[3]), request, strlen(request),
                             &results, &error)) {
    return fail();
  }
  fihris_authority_free(authority); /* the searcher keeps what it needs */
  printf("%llu articles indexed\n%s\n", (unsigned long long)added, results.data);
  fihris_string_free(&results);
  fihris_searcher_free(searcher);
  return 0;
}
