/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who, where and when, from C: tags ARTICLE-AS-JSON */
#include <fihris.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **words) {
  fihris_error error;
  fihris_authority *authority = NULL;
  fihris_tagger *tagger = NULL;
  fihris_string tags = {NULL, 0};
  if (count != 2) return 2;
  if (fihris_authority_builtin(&authority, &error) ||
      fihris_tagger_new(authority, &tagger, &error) ||
      fihris_tagger_tag(tagger, words[1], strlen(words[1]), 0, &tags, &error)) {
    fprintf(stderr, "%s\n", error.message);
  } else {
    printf("%s\n", tags.data);
  }
  fihris_string_free(&tags);
  fihris_tagger_free(tagger);
  fihris_authority_free(authority);
  return error.status == FIHRIS_OK ? 0 : 3;
}
