// SPDX-License-Identifier: GPL-2.0-or-later
#include "pager.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>

#include "output.h"

namespace fihris::cli {
namespace {

constexpr std::array<std::string_view, 11> kPaged{"search",  "facets",   "timeline", "cross",
                                                  "cooccur", "places",   "show",     "similar",
                                                  "explain", "discover", "help"};

/// True if the path of programs has one of that name.
bool installed(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const auto colon = std::min(rest.find(':'), rest.size());
    const auto file = std::string(rest.substr(0, colon)) + "/" + name;
    if (colon > 0 && ::access(file.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  return false;
}

std::string pager_command() {
  for (const char* name : {"FIHRIS_PAGER", "PAGER"}) {
    if (const char* pager = std::getenv(name); pager != nullptr) return pager;
  }
  return installed("less") ? "less" : "";
}

}  // namespace

Pager::Pager(std::string_view command) {
  // asked first: it is remembered, and the pipe to the pager is no terminal
  if (!on_terminal() || std::ranges::find(kPaged, command) == kPaged.end()) return;
  const auto pager = pager_command();
  if (pager.empty() || pager == "cat") return;
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return;
  child_ = ::fork();
  if (child_ == 0) {
    // colours as they are, no screen of its own, nothing for an answer of less than a page
    ::setenv("LESS", "FRX", 0);
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl("/bin/sh", "sh", "-c", pager.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  if (child_ > 0) ::dup2(ends[1], STDOUT_FILENO);
  ::close(ends[0]);
  ::close(ends[1]);
}

Pager::~Pager() {
  if (child_ <= 0) return;
  std::cout.flush();
  std::signal(SIGINT, SIG_IGN);  // it is meant for the pager
  ::close(STDOUT_FILENO);
  int status = 0;
  ::waitpid(child_, &status, 0);
}

}  // namespace fihris::cli
