// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest_report.h"

#include <algorithm>
#include <iostream>
#include <vector>

#include "base/json_writer.h"
#include "fihris/error.h"
#include "fihris/json.h"
#include "output.h"
#include "text.h"

namespace fihris::cli {
namespace {

constexpr std::uint64_t kPrintedOfFile = 100;
constexpr std::size_t kShownGroups = 12;

using Counts = std::map<std::string, std::uint64_t>;

void print_counts(const char* what, const Counts& counts, bool by_name) {
  std::vector<std::pair<std::string, std::uint64_t>> rows(counts.begin(), counts.end());
  if (!by_name) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
  }
  std::cerr << "  " << what << ' ';
  for (std::size_t i = 0; i < rows.size() && i < kShownGroups; ++i) {
    std::cerr << (i == 0 ? "" : ", ") << printable(rows[i].first) << ' ' << grouped(rows[i].second);
  }
  if (rows.size() > kShownGroups) std::cerr << ", and " << rows.size() - kShownGroups << " more";
  std::cerr << '\n';
}

std::string counted(std::uint64_t number, const char* one) {
  return grouped(number) + ' ' + one + (number == 1 ? "" : "s");
}

/// Months as years where there are too many to read.
Counts by_year(const Counts& months) {
  Counts years;
  for (const auto& [month, count] : months) years[month.substr(0, month.find('-'))] += count;
  return years;
}

void write_counts(JsonWriter& json, const char* name, const Counts& counts) {
  json.key(name).begin_object();
  for (const auto& [key, count] : counts) json.field(key, count);
  json.end_object();
}

}  // namespace

const char* language_of(const Article& article) {
  std::size_t arabic = 0;
  std::size_t persian = 0;
  std::size_t latin = 0;
  std::size_t other = 0;
  const auto count = [&](std::string_view text) {
    for_each_character(text.substr(0, 2000), [&](char32_t code, std::string_view) {
      if (code == 0x67E || code == 0x686 || code == 0x698 || code == 0x6A9 || code == 0x6AF ||
          code == 0x6CC || code == 0x679 || code == 0x688 || code == 0x691 || code == 0x6D2) {
        ++persian;
      } else if ((code >= 0x620 && code <= 0x64A) || (code >= 0xFB50 && code <= 0xFEFC)) {
        ++arabic;
      } else if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z') {
        ++latin;
      } else if (code >= 0xC0 && code != 0xFFFD) {
        ++other;
      }
    });
  };
  count(article.title);
  count(article.text);
  if (arabic + persian >= latin && arabic + persian > 0) {
    return persian * 10 > arabic + persian ? "Persian or Urdu" : "Arabic";
  }
  return latin > other ? "Latin script" : "other";
}

void IngestSummary::add(const Article& article) {
  ++sources[article.source.empty() ? "(no source)" : article.source];
  ++months[article.date ? to_iso(*article.date).substr(0, 7) : "(no date)"];
  ++languages[language_of(article)];
}

void IngestSummary::print_text() const {
  print_counts("source:   ", sources, false);
  print_counts("published:", months.size() > kShownGroups ? by_year(months) : months, true);
  print_counts("language: ", languages, false);
}

IngestReport::IngestReport(ProgressKind kind, bool quiet, const std::string& rejects)
    : kind_(kind), quiet_(quiet), rejects_name_(rejects) {
  if (rejects.empty()) return;
  rejects_.open(rejects, std::ios::binary | std::ios::trunc);
  if (!rejects_) throw Error(ErrorCode::io, rejects + ": cannot create");
}

void IngestReport::clear_line() const {
  if (kind_ == ProgressKind::terminal) std::cerr << "\r\033[K";
}

double IngestReport::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void IngestReport::tell_unprinted() {
  if (of_file_ <= kPrintedOfFile) return;
  clear_line();
  std::cerr << printable(file_) << ": " << grouped(of_file_ - kPrintedOfFile) << " more reports"
            << (rejects_name_.empty() ? "; --rejects FILE keeps all records that are skipped" : "")
            << '\n';
}

void IngestReport::fault(const ReadFault& fault) {
  ++(fault.skipped ? skipped_ : kept_);
  failed_ = failed_ || fault.failed;
  if (fault.skipped && rejects_.is_open() && !fault.raw.empty()) rejects_ << fault.raw << '\n';
  if (fault.origin.file != file_) {
    tell_unprinted();
    file_ = fault.origin.file;
    of_file_ = 0;
  }
  if (++of_file_ > kPrintedOfFile) return;
  clear_line();
  std::cerr << printable(fault.origin.str() + ": " + fault.message)
            << (fault.failed    ? " (not read to its end)\n"
                : fault.skipped ? " (skipped)\n"
                                : "\n");
  if (!fault.remedy.empty() && remedies_.insert(fault.remedy).second) {
    std::cerr << "  " << printable(fault.remedy) << '\n';
  }
}

void IngestReport::article(const Article& article) {
  ++articles_;
  summary_.add(article);
}

void IngestReport::refused(const Origin& origin, const std::string& why) {
  --articles_;
  fault({origin, why, true, {}, false, {}});
}

void IngestReport::progress(const ArticleReader& reader) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  if (kind_ == ProgressKind::none || quiet_) return;
  const auto now = steady_clock::now();
  if (now - last_ < milliseconds(kind_ == ProgressKind::json ? 1000 : 100)) return;
  last_ = now;
  if (kind_ == ProgressKind::json) return print_json(reader, false);
  const double spent = seconds();
  std::cerr << "\r\033[K" << grouped(articles_) << " articles, "
            << grouped(static_cast<std::uint64_t>(static_cast<double>(articles_) /
                                                  std::max(spent, 0.1)))
            << "/s";
  if (reader.bytes_total() > 0) {
    const double part =
        static_cast<double>(reader.bytes_read()) / static_cast<double>(reader.bytes_total());
    std::cerr << ", " << static_cast<int>(std::min(part, 1.0) * 100) << "%";
    if (part > 0.01 && part < 1) {
      std::cerr << ", " << grouped(static_cast<std::uint64_t>(spent / part - spent)) << " s left";
    }
  }
  if (skipped_ > 0) std::cerr << ", " << grouped(skipped_) << " skipped";
  if (kept_ > 0) std::cerr << ", " << grouped(kept_) << " kept with a fault";
  std::cerr << std::flush;
}

void IngestReport::print_json(const ArticleReader& reader, bool last) const {
  JsonWriter json;
  const double spent = seconds();
  json.begin_object().field("format", kJsonFormat).field("event", last ? "done" : "progress");
  json.field("articles", articles_).field("skipped", skipped_).field("kept_with_fault", kept_);
  json.field("seconds", spent)
      .field("per_second", static_cast<double>(articles_) / std::max(spent, 0.001));
  json.field("bytes_read", reader.bytes_read()).field("bytes_total", reader.bytes_total());
  if (!last && reader.bytes_read() > 0 && reader.bytes_total() > reader.bytes_read()) {
    const auto part =
        static_cast<double>(reader.bytes_read()) / static_cast<double>(reader.bytes_total());
    json.field("seconds_left", spent / part - spent);
  }
  if (last) {
    json.field("files_unchanged", reader.files_passed_over());
    write_counts(json, "sources", summary_.sources);
    write_counts(json, "months", summary_.months);
    write_counts(json, "languages", summary_.languages);
  }
  std::cerr << json.end_object().str() << std::endl;
}

void IngestReport::close_rejects() {
  if (rejects_.is_open() && !rejects_.flush()) {
    throw Error(ErrorCode::io, rejects_name_ + ": cannot write: not all records are kept there",
                "is the disk full? All else was done");
  }
}

void IngestReport::end(const ArticleReader& reader, const char* done) {
  tell_unprinted();
  of_file_ = 0;
  clear_line();
  if (kind_ == ProgressKind::json) return print_json(reader, true);
  if (quiet_) return;
  std::cerr << counted(articles_, "article") << ' ' << done << " in "
            << static_cast<double>(static_cast<int>(seconds() * 10)) / 10 << " s";
  if (skipped_ > 0) std::cerr << ", " << counted(skipped_, "report") << " of what was skipped";
  if (kept_ > 0) std::cerr << ", " << counted(kept_, "report") << " on records that were kept";
  std::cerr << '\n';
  if (reader.files_passed_over() > 0) {
    std::cerr << counted(reader.files_passed_over(), "file")
              << " unchanged since the last run and passed over (--again reads them)\n";
  }
  if (articles_ > 0) summary_.print_text();
}

}  // namespace fihris::cli
