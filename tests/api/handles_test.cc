// SPDX-License-Identifier: GPL-2.0-or-later
// The C++ interface as a program outside sees it, in C++17: every handle moves, is used after the
// move and assigned to after it was moved from; those that may be shared are copied. Argument: a
// folder that does not exist yet.
#include <fihris/analysis.h>
#include <fihris/authority.h>
#include <fihris/error.h>
#include <fihris/index.h>
#include <fihris/query.h>
#include <fihris/reader.h>
#include <fihris/search.h>
#include <fihris/tagger.h>
#include <fihris/timex.h>
#include <fihris/version.h>

#include <fstream>
#include <iostream>
#include <type_traits>

static_assert(__cplusplus < 202000L, "this is to be compiled as C++17");

namespace {

int faults = 0;

void check(bool condition, const char* what) {
  if (condition) return;
  std::cerr << what << '\n';
  ++faults;
}

/// A handle of one thread moves and is never copied.
template <class Handle>
constexpr bool kMovesOnly =
    std::is_nothrow_move_constructible_v<Handle>&& std::is_nothrow_move_assignable_v<Handle> &&
    !std::is_copy_constructible_v<Handle> && !std::is_copy_assignable_v<Handle>;
/// What threads share is copied, too.
template <class Handle>
constexpr bool kShared =
    std::is_nothrow_move_constructible_v<Handle>&& std::is_nothrow_move_assignable_v<Handle>&&
        std::is_copy_constructible_v<Handle>&& std::is_copy_assignable_v<Handle>;

static_assert(kMovesOnly<fihris::Analyzer> && kMovesOnly<fihris::DateReader> &&
              kMovesOnly<fihris::Tagger> && kMovesOnly<fihris::ArticleReader> &&
              kMovesOnly<fihris::Indexer> && kMovesOnly<fihris::Searcher>);
static_assert(kShared<fihris::Authority> && kShared<fihris::Query>);
static_assert(std::is_nothrow_copy_constructible_v<fihris::Error>,
              "an exception whose copy throws ends the program");

/// Uses `first`, what it was moved to, and what a second handle became.
template <class Handle, class Use>
void moves(Handle first, Handle second, const char* what, Use use) {
  const auto before = use(first);
  Handle moved(std::move(first));
  check(use(moved) == before, what);
  second = std::move(moved);
  check(use(second) == before, what);
  moved = std::move(second);  // one that was moved from is assigned to
  check(use(moved) == before, what);
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  check(std::string(FIHRIS_VERSION_STRING) == std::to_string(FIHRIS_VERSION_MAJOR) + "." +
                                                  std::to_string(FIHRIS_VERSION_MINOR) + "." +
                                                  std::to_string(FIHRIS_VERSION_PATCH),
        "the version of the headers");
  const std::string index = words[1];
  const std::string file = index + ".jsonl";
  std::ofstream(file) << R"({"id":"1","date":"2015-05-29","title":"خبر","text":"معارك في إدلب"})"
                      << '\n';
  const auto authority = fihris::Authority::builtin();
  const auto text = "سيطرت جبهة النصرة أمس على مدينة أريحا";

  moves(fihris::Analyzer(), fihris::Analyzer(), "Analyzer",
        [](fihris::Analyzer& a) { return a.stem("والمعارك"); });
  moves(fihris::DateReader(), fihris::DateReader(), "DateReader", [&](fihris::DateReader& reader) {
    return reader.read(text, fihris::Date{2015, 4, 1}).at(0).value;
  });
  moves(fihris::Tagger(authority), fihris::Tagger(authority), "Tagger",
        [&](fihris::Tagger& tagger) {
          return tagger.tag("", text, std::nullopt).factions.at(0).entity.id;
        });
  fihris::ArticleReader reader({file});
  int told = 0;
  reader.on_text([&](const fihris::ReadText&) { ++told; });
  fihris::ArticleReader other(std::move(reader));
  check(other.next()->first.id == "1" && told == 1, "ArticleReader: its callbacks move with it");

  fihris::Indexer indexer(index, authority);
  fihris::Indexer writer(std::move(indexer));
  writer.add({"1", "source", "", fihris::Date{2015, 5, 29}, "خبر", "", "معارك في إدلب", {}});
  writer.commit();
  indexer = std::move(writer);  // the lock moves with it
  check(indexer.stats().documents == 1, "Indexer");

  const auto query = fihris::Query::parse("معركة", authority);
  const auto copy = query;
  moves(fihris::Searcher({index}), fihris::Searcher({index}), "Searcher",
        [&](fihris::Searcher& searcher) { return searcher.search(copy).total; });
  {
    fihris::Searcher kept({index}, fihris::Authority::builtin());
    check(kept.search(query).total == 1, "a searcher keeps what it needs of its authority");
  }
  check(fihris::Date{2015, 4, 1} > fihris::Date{2015, 3, 31} &&
            fihris::Date{2015, 4, 1} >= fihris::Date{2015, 4, 1} &&
            fihris::parse_iso_range("2015") != fihris::parse_iso_range("2016"),
        "days and ranges compare");
  try {
    fihris::Searcher none({index + ".none"});
    check(false, "an index that is not there");
  } catch (const std::exception& error) {
    const auto* own = dynamic_cast<const fihris::Error*>(&error);
    check(own != nullptr && own->code() == fihris::ErrorCode::not_found && !own->hint().empty(),
          "errors of the library are caught by their type in another program");
  }
  return faults == 0 ? 0 : 1;
}
