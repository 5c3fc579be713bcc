// SPDX-License-Identifier: GPL-2.0-or-later
#include "fihris/authority.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "authority/authority_impl.h"
#include "authority/load.h"
#include "fihris/error.h"

using fihris::Authority;
using fihris::Facet;
namespace authority = fihris::authority;

namespace {

std::string temporary(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("fihris-authority-" + name);
  std::ofstream(path) << text;
  return path.string();
}

std::vector<std::string> ids(const std::vector<fihris::Entity>& entities) {
  std::vector<std::string> all;
  for (const auto& entity : entities) all.push_back(entity.id);
  return all;
}

bool holds(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::vector<std::string> messages(const std::string& text) {
  authority::EntitySet set;
  std::vector<fihris::AuthorityFault> faults;
  authority::overlay(set, text, "own.tsv", &faults);
  auto more = authority::check(set, Authority::builtin().impl().image);
  faults.insert(faults.end(), more.begin(), more.end());
  std::vector<std::string> all;
  for (const auto& fault : faults)
    all.push_back(fault.file + ":" + std::to_string(fault.line) + ": " + fault.message);
  return all;
}

}  // namespace

TEST_CASE("built-in entities are found by id and by name in any spelling") {
  const auto all = Authority::builtin();
  CHECK(all.size(Facet::region) > 50000);
  CHECK(all.size(Facet::faction) > 100);
  const auto nusra = all.find(Facet::faction, "nusra-front");
  REQUIRE(nusra.has_value());
  CHECK(nusra->ar == "جبهة النصرة");
  CHECK(holds(ids(all.find_by_name(Facet::faction, "جبهه النصره")), "nusra-front"));
  CHECK(all.find_by_name(Facet::region, "لا مكان بهذا الاسم").empty());
  CHECK_FALSE(all.find(Facet::faction, "no-such-id").has_value());
}

TEST_CASE("ancestors lead from a place to its country") {
  const auto all = Authority::builtin();
  const auto idlib = all.find_by_name(Facet::region, "Idlib");
  REQUIRE_FALSE(idlib.empty());
  const auto above = all.ancestors(Facet::region, idlib.back().id);
  REQUIRE_FALSE(above.empty());
  CHECK(above.back() == "sy");
  CHECK(holds(all.children(Facet::region, "sy"),
              above.size() > 1 ? above[above.size() - 2] : idlib.back().id));
}

TEST_CASE("a user's file adds, replaces and removes by id") {
  const auto first = temporary(
      "a.tsv",
      "id\tkind\tcountry\tar\ten\tnames\tparent\nlocal-guard\tmilitia\tSY\tحرس الحي\tLocal "
      "Guard\tLG[exact]|الحرس[short,in=SY]\t\nother\tmilitia\tSY\tآخرون\tOthers\t\tlocal-guard\n");
  const auto second = temporary("b.tsv",
                                "id\tkind\tcountry\tar\ten\tnames\tparent\nlocal-"
                                "guard\tparty\tSY\tحزب الحي\tLocal Party\t\t\n-other\n");
  const auto one = Authority::load({first}, false);
  CHECK(one.size(Facet::faction) == 2);
  CHECK(one.ancestors(Facet::faction, "other") == std::vector<std::string>{"local-guard"});
  const auto guard = one.find(Facet::faction, "local-guard");
  REQUIRE(guard.has_value());
  REQUIRE(guard->names.size() == 4);
  CHECK(guard->names[2].exact);
  CHECK(guard->names[3].short_form);
  CHECK(guard->names[3].in == std::vector<std::string>{"SY"});
  const auto two = Authority::load({first, second}, false);
  CHECK(two.size(Facet::faction) == 1);
  CHECK(two.find(Facet::faction, "local-guard")->kind == "party");
  CHECK(one.version() != two.version());
  CHECK(Authority::load({first}).size(Facet::faction) ==
        Authority::builtin().size(Facet::faction) + 2);
}

TEST_CASE("a faulty file is refused with file, line and reason") {
  const auto orphan = temporary(
      "c.tsv", "id\tkind\tcountry\tar\ten\tnames\tparent\nx\tparty\tSY\tس\tX\t\tnobody\n");
  CHECK_THROWS_WITH_AS(Authority::load({orphan}, false),
                       (orphan + ":2: parent \"nobody\" of \"x\" is not defined").c_str(),
                       fihris::Error);
  CHECK_THROWS_AS(Authority::load({"/no/such/file.tsv"}), fihris::Error);
}

TEST_CASE("the check names every kind of fault with its line") {
  const std::string head = "id\tkind\tcountry\tar\ten\tnames\tparent\tmember_of\tfrom\n";
  CHECK(messages(head + "a\tparty\tSY\tاسم\tA\t\t\n").empty());
  const auto has = [&](const std::string& rows, const std::string& wanted) {
    const auto found = messages(head + rows);
    CAPTURE(wanted);
    CHECK(holds(found, wanted));
  };
  has("a\tparty\tSY\tا\tA\t\t\na\tparty\tSY\tب\tB\n",
      "own.tsv:3: id \"a\" stands twice in this file");
  has("a\tparty\tSY\tاسم\tA\t\tb\n", "own.tsv:2: a: parent \"b\" is not defined");
  has("a\tparty\tSY\tاسم\tA\t\tb\nb\tparty\tSY\tباء\tB\t\ta\n",
      "own.tsv:2: a: its parents form a circle through \"a\"");
  has("a\tparty\tSY\tاسم\tA\tx[odd]\n", "own.tsv:2: name \"x\": unknown mark \"odd\"");
  has("A b\tparty\tSY\tاسم\tA\n", "own.tsv:2: id \"A b\": wanted a-z, 0-9, - and /");
  has("a\tparty\tSY\tاسم\tA\nb\tparty\tSY\tإسم\tB\n",
      "own.tsv:3: b: name \"إسم\" is shared with a and carries no mark (ambiguous, context, in=…)");
  has("a\tparty\tSY\tاسم\tA\t\t\t\tsoon\n",
      "own.tsv:2: \"soon\" is no date: wanted YYYY, YYYY-MM or YYYY-MM-DD");
  has("a\tparty\tSY\tاسم\tA\t\t\tclub\n", "own.tsv:2: a: member_of \"club\" is not defined");
}

TEST_CASE(
    "rows of a user's file may lie in built-in entities, and their country follows from the id") {
  const std::string rows = "id\tar\tlat\tlon\nsy/idlib/qasr-al-tajriba\tقصر التجربة\t35.7\t36.6\n";
  CHECK(messages(rows).empty());
  CHECK(messages("id\tar\tparent\nx\tكتائب التجربة\tfree-syrian-army\n").empty());
  const auto over = Authority::load({temporary("country.tsv", rows)});
  CHECK(over.find(Facet::region, "sy/idlib/qasr-al-tajriba")->country == "SY");
}

TEST_CASE("a user's rows replace, remove and add, and all else stays as it is built in") {
  const auto path =
      temporary("over.tsv",
                "id\tkind\tcountry\tar\ten\tnames\tmarks\tlat\tlon\n"
                "sy/idlib/qasr-al-tajriba\tvillage\tSY\tقصر التجربة\tQasr\t\t\t35.1\t36.2\n"
                "-sy/idlib/ariha/ablin\t\t\t\t\t\t\t\t\n"
                "sy/idlib\tadmin1\tSY\tإدلب\tIdlib\tإدلبنا\t\t35.7\t36.6\n");
  const auto over = Authority::load({path});
  const auto builtin = Authority::builtin();
  CHECK(over.size(Facet::region) == builtin.size(Facet::region));
  CHECK(over.size(Facet::faction) == builtin.size(Facet::faction));
  CHECK(ids(over.find_by_name(Facet::region, "قصر التجربة")) ==
        std::vector<std::string>{"sy/idlib/qasr-al-tajriba"});
  CHECK(ids(over.find_by_name(Facet::region, "إدلبنا")) == std::vector<std::string>{"sy/idlib"});
  CHECK_FALSE(over.find(Facet::region, "sy/idlib/ariha/ablin").has_value());
  CHECK(over.ancestors(Facet::region, "sy/idlib/qasr-al-tajriba") ==
        std::vector<std::string>{"sy/idlib", "sy"});
  CHECK(holds(over.children(Facet::region, "sy/idlib"), "sy/idlib/qasr-al-tajriba"));
  CHECK(ids(over.resolve(Facet::region, "qasr-al-tajriba")) ==
        std::vector<std::string>{"sy/idlib/qasr-al-tajriba"});
  CHECK(ids(over.find_by_name(Facet::region, "حلب")) ==
        ids(builtin.find_by_name(Facet::region, "حلب")));
  CHECK(over.version() != builtin.version());
  CHECK(Authority::load({path}).version() == over.version());
}

TEST_CASE("a parent is not removed from under its places") {
  const auto path = temporary("orphans.tsv", "id\tlat\tlon\n-sy/idlib\t\t\n");
  CHECK_THROWS_AS(Authority::load({path}), fihris::Error);
}

TEST_CASE("an ordinary word without a mark and a slip in coordinates are faults") {
  const std::string header = "id\tkind\tcountry\tar\ten\tnames\tmarks\tlat\tlon\n";
  std::string rows = header + "xy\tcountry\tXY\tبلاد التجربة\tTest land\t\t\t\t\n";
  for (int i = 0; i < 60; ++i) {
    rows += "xy/p" + std::to_string(i) + "\tvillage\tXY\tقرية التجربة " + std::to_string(i) +
            "\tV\t\t\t" + std::to_string(30 + i % 5) + "\t" + std::to_string(40 + i % 7) + "\n";
  }
  CHECK(messages(rows).empty());
  rows += "xy/slip\tvillage\tXY\tقرية الخطأ\tSlip\t\t\t-31\t40\n";
  const auto slip = messages(rows);
  REQUIRE(slip.size() == 1);
  CHECK(slip.front().find("coordinates") != std::string::npos);
}

TEST_CASE("the files that come with the library have no fault") {
  const std::string folder = FIHRIS_SOURCE_DIR "/corpus/authority/";
  std::string all;
  for (const auto& fault : Authority::check({folder + "factions.tsv", folder + "regions.tsv"}))
    all += fault.file + ":" + std::to_string(fault.line) + ": " + fault.message + "\n";
  CHECK(all == "");
}
