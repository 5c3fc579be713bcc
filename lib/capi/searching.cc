// SPDX-License-Identifier: GPL-2.0-or-later
// The C interface to searchers.
#include "capi/handles.h"
#include "capi/status.h"
#include "fihris/json.h"

using fihris::capi::guarded;
using fihris::capi::need;
using fihris::capi::own;
using fihris::capi::strings;
using fihris::capi::view;

namespace {

using Answer = std::string (*)(fihris::Searcher&, std::string_view, std::string_view);

/// A question and its request in, one JSON text out: what most functions here do.
fihris_status ask(Answer answer, fihris_searcher* searcher, const char* question,
                  size_t question_size, const char* request, size_t request_size,
                  fihris_string* results, fihris_error* error) noexcept {
  return guarded(error, [&] {
    auto& handle = need(searcher, "searcher").value;
    auto& out = need(results, "results");
    out = own(answer(handle, view(question, question_size), view(request, request_size)));
  });
}

}  // namespace

fihris_status fihris_searcher_open(const fihris_view* paths, size_t count,
                                   const fihris_authority* authority, fihris_searcher** searcher,
                                   fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(searcher, "searcher");
    out = new fihris_searcher{
        fihris::Searcher(strings(paths, count), need(authority, "authority").value)};
  });
}

void fihris_searcher_free(fihris_searcher* searcher) { delete searcher; }

fihris_status fihris_searcher_reopen(fihris_searcher* searcher, int32_t* changed,
                                     fihris_error* error) {
  return guarded(error, [&] {
    const bool new_revision = need(searcher, "searcher").value.reopen();
    if (changed != nullptr) *changed = new_revision ? 1 : 0;
  });
}

fihris_status fihris_searcher_documents(const fihris_searcher* searcher, uint64_t* documents,
                                        fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(documents, "documents");
    out = need(searcher, "searcher").value.documents();
  });
}

fihris_status fihris_searcher_search(fihris_searcher* searcher, const char* query,
                                     size_t query_size, const char* request, size_t request_size,
                                     fihris_string* results, fihris_error* error) {
  return ask(fihris::search_json, searcher, query, query_size, request, request_size, results,
             error);
}

fihris_status fihris_searcher_facets(fihris_searcher* searcher, const char* query,
                                     size_t query_size, const char* request, size_t request_size,
                                     fihris_string* results, fihris_error* error) {
  return ask(fihris::facets_json, searcher, query, query_size, request, request_size, results,
             error);
}

fihris_status fihris_searcher_cross(fihris_searcher* searcher, const char* query, size_t query_size,
                                    const char* request, size_t request_size, fihris_string* table,
                                    fihris_error* error) {
  return ask(fihris::cross_json, searcher, query, query_size, request, request_size, table, error);
}

fihris_status fihris_searcher_cooccur(fihris_searcher* searcher, const char* query,
                                      size_t query_size, const char* request, size_t request_size,
                                      fihris_string* pairs, fihris_error* error) {
  return ask(fihris::cooccur_json, searcher, query, query_size, request, request_size, pairs,
             error);
}

fihris_status fihris_searcher_places(fihris_searcher* searcher, const char* query,
                                     size_t query_size, const char* request, size_t request_size,
                                     fihris_string* places, fihris_error* error) {
  return ask(fihris::places_json, searcher, query, query_size, request, request_size, places,
             error);
}

fihris_status fihris_searcher_explain(fihris_searcher* searcher, const char* query,
                                      size_t query_size, const char* request, size_t request_size,
                                      fihris_string* explanation, fihris_error* error) {
  return ask(fihris::explain_json, searcher, query, query_size, request, request_size, explanation,
             error);
}

fihris_status fihris_searcher_similar(fihris_searcher* searcher, const char* id, size_t id_size,
                                      const char* request, size_t request_size,
                                      fihris_string* results, fihris_error* error) {
  return ask(fihris::similar_json, searcher, id, id_size, request, request_size, results, error);
}

fihris_status fihris_searcher_watch(fihris_searcher* searcher, const char* query, size_t query_size,
                                    const char* state, size_t state_size, const char* request,
                                    size_t request_size, fihris_string* results,
                                    fihris_error* error) {
  return guarded(error, [&] {
    auto& handle = need(searcher, "searcher").value;
    auto& out = need(results, "results");
    out = own(fihris::watch_json(handle, view(query, query_size), view(state, state_size),
                                 view(request, request_size)));
  });
}

fihris_status fihris_searcher_each(fihris_searcher* searcher, const char* query, size_t query_size,
                                   const char* request, size_t request_size,
                                   fihris_each_callback each, void* user, uint64_t* given,
                                   fihris_error* error) {
  return guarded(error, [&] {
    auto& handle = need(searcher, "searcher").value;
    need(each, "each");
    const auto asked = fihris::parse_search_request(view(request, request_size));
    const auto count = handle.each(parse_query(view(query, query_size), handle.authority(), asked),
                                   asked.search, [&](const fihris::Hit& hit) {
                                     const auto json = hit_json(hit);
                                     return each(user, json.data(), json.size()) == 0;
                                   });
    if (given != nullptr) *given = count;
  });
}

fihris_status fihris_searcher_article(fihris_searcher* searcher, const char* id, size_t id_size,
                                      fihris_string* article, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(article, "article");
    const auto found = need(searcher, "searcher").value.article(view(id, id_size));
    out = found ? own(article_json(*found)) : fihris_string{nullptr, 0};
  });
}
