// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <iostream>

#include "commands.h"
#include "fihris/error.h"
#include "fihris/index.h"
#include "fihris/reader.h"
#include "ingest_marks.h"
#include "ingest_report.h"
#include "options.h"

namespace fihris::cli {

void index_options(po::options_description& options) {
  add_db_option(options);
  auto add = options.add_options();
  add("threads,j", po::value<unsigned>()->value_name("N"),
      "threads that analyse (one for each core)");
  add("memory", po::value<std::size_t>()->value_name("MIB"),
      "memory to build with; fewer threads if it is small (512)");
  add("commit-every", po::value<std::uint64_t>()->value_name("N"),
      "articles between commits (100,000; 0: one at the end)");
  add("rejects", po::value<std::string>()->value_name("FILE"),
      "keep the records that were skipped, as they stood");
  add("again", po::bool_switch(), "read files that have not changed since they were indexed");
  add("resume", po::bool_switch(), "go on where the last commit was: this is done without asking");
  add("no-copies", po::bool_switch(), "do not look for near-identical articles");
  add("dry-run", po::bool_switch(), "read everything, write nothing");
  add("progress", po::value<std::string>()->value_name("auto|json|none"),
      "auto (default): a line on a terminal; json: an object a second");
  add("quiet,q", po::bool_switch(), "no progress and no summary");
  add_authority_options(options);
  add_input_options(options);
}

namespace {

std::atomic<bool> interrupted{false};

/// The first Ctrl-C ends the run in order, the second at once.
void catch_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // no SA_RESTART: a read that waits returns
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

ProgressKind progress_kind(const po::variables_map& given, bool quiet) {
  const auto kind = get<std::string>(given, "progress", "auto");
  if (kind == "json") return ProgressKind::json;
  if (kind != "auto" && kind != "none") {
    throw UsageError("--progress " + kind + ": wanted one of auto, json, none");
  }
  const bool shown = kind == "auto" && !quiet && ::isatty(STDERR_FILENO) != 0;
  return shown ? ProgressKind::terminal : ProgressKind::none;
}

Exit run(const po::variables_map& given, bool create) {
  const auto inputs = input_files(given);
  if (inputs.empty())
    throw UsageError("which articles? Name files or folders, or - for standard input");
  const bool dry = get<bool>(given, "dry-run");
  const bool quiet = get<bool>(given, "quiet");
  const auto commit_every = get<std::uint64_t>(given, "commit-every", 100000);
  IndexOptions options;
  options.create = create;
  options.threads = get<unsigned>(given, "threads");
  options.memory_mb = get<std::size_t>(given, "memory", options.memory_mb);
  options.group_copies = !get<bool>(given, "no-copies");
  auto reading = reader_options(given, "format");
  reading.stop = &interrupted;
  const auto rejects = get<std::string>(given, "rejects");
  for (const auto& input : inputs) {
    std::error_code none;
    if (!rejects.empty() && std::filesystem::equivalent(rejects, input, none)) {
      throw UsageError("--rejects " + rejects + ": the file is one of those to be read");
    }
  }
  IngestReport report(progress_kind(given, quiet), quiet, rejects);

  std::optional<Indexer> indexer;
  if (!dry) indexer.emplace(db_path(given), read_authority(given), options);
  const auto key = options_key(reading);
  IngestMarks marks(indexer ? indexer->checkpoint() : std::string());
  if (!get<bool>(given, "again")) reading.done = marks.of(key);

  ArticleReader reader(inputs, reading);
  reader.on_fault([&](const ReadFault& fault) { report.fault(fault); });
  const auto commit = [&] {
    if (!indexer) return;
    marks.update(reader.marks(), key);
    indexer->set_checkpoint(marks.text());
    indexer->commit();
  };
  catch_signals();
  std::uint64_t since_commit = 0;
  while (auto next = reader.next()) {
    auto& [article, origin] = *next;
    report.article(article);
    if (indexer) {
      try {
        indexer->add(std::move(article));
      } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_argument) throw;
        report.refused(origin, error.what());
      }
    }
    report.progress(reader);
    if (++since_commit == commit_every) {
      commit();
      since_commit = 0;
    }
  }
  commit();
  report.end(reader, dry ? "read" : "indexed");
  report.close_rejects();
  if (interrupted) {
    std::cerr << "fihris: interrupted; the same command goes on from here\n";
    return Exit::interrupted;
  }
  if (report.any_failure()) return Exit::failure;
  if (report.articles() > 0 || reader.files_passed_over() > 0) return Exit::done;
  if (report.skipped() > 0) return Exit::failure;
  std::cerr << "fihris: no record found\n";
  return Exit::nothing;
}

}  // namespace

Exit run_index(const po::variables_map& given) { return run(given, true); }

Exit run_add(const po::variables_map& given) { return run(given, false); }

}  // namespace fihris::cli
