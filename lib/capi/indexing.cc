// SPDX-License-Identifier: GPL-2.0-or-later
// The C interface to readers, indexers and what looks after an index.
#include "capi/handles.h"
#include "capi/status.h"
#include "fihris/error.h"
#include "fihris/json.h"

using fihris::Error;
using fihris::ErrorCode;
using fihris::capi::array_of;
using fihris::capi::guarded;
using fihris::capi::need;
using fihris::capi::own;
using fihris::capi::strings;
using fihris::capi::view;

void fihris_reader::tell(const fihris::ReadFault& fault) const {
  if (callback == nullptr) return;
  const auto json = fihris::read_fault_json(fault);
  callback(user, json.data(), json.size());
}

fihris_status fihris_reader_open(const fihris_view* inputs, size_t count, const char* options,
                                 size_t options_size, fihris_reader** reader, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(reader, "reader");
    auto opened = std::make_unique<fihris_reader>(fihris_reader{
        {strings(inputs, count), fihris::parse_reader_options(view(options, options_size))},
        nullptr,
        nullptr});
    const auto* told = opened.get();
    opened->value.on_fault([told](const fihris::ReadFault& fault) { told->tell(fault); });
    out = opened.release();
  });
}

void fihris_reader_free(fihris_reader* reader) { delete reader; }

void fihris_reader_on_fault(fihris_reader* reader, fihris_fault_callback callback, void* user) {
  if (reader == nullptr) return;
  reader->callback = callback;
  reader->user = user;
}

fihris_status fihris_reader_next(fihris_reader* reader, fihris_string* article,
                                 fihris_string* origin, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(article, "article");
    const auto next = need(reader, "reader").value.next();
    if (!next) {
      out = {nullptr, 0};
      if (origin != nullptr) *origin = {nullptr, 0};
      return;
    }
    auto text = own(article_json(next->first));
    try {
      if (origin != nullptr) *origin = own(next->second.str());
    } catch (...) {
      fihris_string_free(&text);
      throw;
    }
    out = text;
  });
}

fihris_status fihris_reader_marks(const fihris_reader* reader, fihris_string* marks,
                                  fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(marks, "marks");
    out = own(array_of(need(reader, "reader").value.marks(), fihris::read_mark_json));
  });
}

fihris_status fihris_indexer_open(const char* path, size_t path_size,
                                  const fihris_authority* authority, const char* options,
                                  size_t options_size, fihris_indexer** indexer,
                                  fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(indexer, "indexer");
    out = new fihris_indexer{
        fihris::Indexer(std::string(view(path, path_size)), need(authority, "authority").value,
                        fihris::parse_index_options(view(options, options_size)))};
  });
}

void fihris_indexer_free(fihris_indexer* indexer) { delete indexer; }

fihris_status fihris_indexer_add(fihris_indexer* indexer, const char* article, size_t article_size,
                                 fihris_error* error) {
  return guarded(error, [&] {
    need(indexer, "indexer").value.add(fihris::parse_article(view(article, article_size)));
  });
}

fihris_status fihris_indexer_add_from(fihris_indexer* indexer, fihris_reader* reader,
                                      uint64_t limit, uint64_t* added, fihris_error* error) {
  std::uint64_t count = 0;
  const auto status = guarded(error, [&] {
    auto& to = need(indexer, "indexer").value;
    auto& from = need(reader, "reader");
    while (limit == 0 || count < limit) {
      auto next = from.value.next();
      if (!next) return;
      try {
        to.add(std::move(next->first));
        ++count;
      } catch (const Error& e) {
        if (e.code() != ErrorCode::invalid_argument) throw;
        fihris::ReadFault fault;
        fault.origin = next->second;
        fault.message = e.what();
        from.tell(fault);
      }
    }
  });
  if (added != nullptr) *added = count;
  return status;
}

fihris_status fihris_indexer_remove(fihris_indexer* indexer, const char* id, size_t id_size,
                                    int32_t* removed, fihris_error* error) {
  return guarded(error, [&] {
    const bool found = need(indexer, "indexer").value.remove(view(id, id_size));
    if (removed != nullptr) *removed = found ? 1 : 0;
  });
}

fihris_status fihris_indexer_set_checkpoint(fihris_indexer* indexer, const char* text,
                                            size_t text_size, fihris_error* error) {
  return guarded(error, [&] {
    need(indexer, "indexer").value.set_checkpoint(std::string(view(text, text_size)));
  });
}

fihris_status fihris_indexer_checkpoint(const fihris_indexer* indexer, fihris_string* text,
                                        fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(text, "text");
    out = own(need(indexer, "indexer").value.checkpoint());
  });
}

fihris_status fihris_indexer_commit(fihris_indexer* indexer, fihris_error* error) {
  return guarded(error, [&] { need(indexer, "indexer").value.commit(); });
}

fihris_status fihris_indexer_retag(fihris_indexer* indexer, fihris_error* error) {
  return guarded(error, [&] { need(indexer, "indexer").value.retag(); });
}

fihris_status fihris_indexer_compact(fihris_indexer* indexer, fihris_error* error) {
  return guarded(error, [&] { need(indexer, "indexer").value.compact(); });
}

fihris_status fihris_indexer_stats(const fihris_indexer* indexer, fihris_string* stats,
                                   fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(stats, "stats");
    out = own(stats_json(need(indexer, "indexer").value.stats()));
  });
}

fihris_status fihris_index_stats(const char* path, size_t path_size, fihris_string* stats,
                                 fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(stats, "stats");
    out = own(stats_json(fihris::index_stats(std::string(view(path, path_size)))));
  });
}

fihris_status fihris_index_check(const char* path, size_t path_size, int32_t repair,
                                 fihris_string* faults, fihris_error* error) {
  return guarded(error, [&] {
    auto& out = need(faults, "faults");
    out = own(array_of(fihris::check_index(std::string(view(path, path_size)), repair != 0),
                       fihris::index_fault_json));
  });
}

fihris_status fihris_index_export(const char* path, size_t path_size, fihris_each_callback each,
                                  void* user, fihris_error* error) {
  return guarded(error, [&] {
    need(each, "each");
    bool stopped = false;
    fihris::export_articles(std::string(view(path, path_size)),
                            [&](const fihris::Article& article) {
                              const auto json = article_json(article);
                              stopped = each(user, json.data(), json.size()) != 0;
                              return !stopped;
                            });
    if (stopped) throw Error(ErrorCode::interrupted, "the callback stopped the export");
  });
}
