// SPDX-License-Identifier: GPL-2.0-or-later
#include <sstream>

#include "manual.h"
#include "option_table.h"

namespace fihris::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

std::string command_names() {
  std::vector<std::string> names;
  for (const auto& command : commands()) names.emplace_back(command.name);
  return joined(names);
}

/// `text` between single quotes of a shell.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

bool is_folder(const OptionRow& option) { return option.value == "DIR"; }
bool is_file(const OptionRow& option) { return option.value == "FILE"; }
bool takes_files(const Command& command) {
  return std::string_view(command.arguments).find("FILE") != std::string_view::npos;
}

/// Words that may stand as the first argument of a command: "show ID | find NAME" gives show, find.
std::vector<std::string> first_words(const Command& command) {
  if (std::string_view(command.name) == "help") {
    std::vector<std::string> words;
    for (const auto& each : commands()) words.emplace_back(each.name);
    words.emplace_back("query");
    return words;
  }
  std::vector<std::string> words;
  std::istringstream alternatives(command.arguments);
  for (std::string part; std::getline(alternatives, part, '|');) {
    const auto begin = part.find_first_not_of(' ');
    const auto end = begin == std::string::npos
                         ? begin
                         : part.find_first_not_of("abcdefghijklmnopqrstuvwxyz", begin);
    if (begin != std::string::npos && end != begin)
      words.push_back(part.substr(begin, end - begin));
  }
  return words;
}

}  // namespace

std::string bash_completion() {
  std::ostringstream out;
  out << "# bash completion of fihris, made from its table of options\n"
         "_fihris_offer() { mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\"); }\n"
         "_fihris() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= key\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    _fihris_offer -W "
      << quoted(command_names() + " --help --version")
      << "\n    return\n"
         "  fi\n"
         "  if [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
         "  if [ \"$word\" = = ]; then word=; fi\n"
         "  key=${COMP_WORDS[1]}$before\n"
         "  case $key in\n";
  for (const auto& command : commands()) {
    for (const auto& option : option_table(command)) {
      std::string action;
      if (!option.choices.empty()) {
        action = "-W " + quoted(joined(option.choices));
      } else if (is_folder(option)) {
        action = "-d";
      } else if (is_file(option)) {
        action = "-f";
      } else if (!option.value.empty()) {
        action = "-W ''";
      } else {
        continue;
      }
      out << "    " << command.name << "--" << option.name;
      if (!option.letter.empty()) out << '|' << command.name << '-' << option.letter;
      out << ") _fihris_offer " << action << "; return ;;\n";
    }
  }
  out << "  esac\n  case ${COMP_WORDS[1]} in\n";
  for (const auto& command : commands()) {
    std::vector<std::string> words;
    for (const auto& option : option_table(command)) words.push_back("--" + option.name);
    out << "    " << command.name << ") options=" << quoted(joined(words)) << " ;;\n";
  }
  out << "  esac\n"
         "  case $word in\n"
         "    -*) _fihris_offer -W \"$options\"; return ;;\n"
         "  esac\n"
         "  case ${COMP_WORDS[1]} in\n";
  for (const auto& command : commands()) {
    const auto words = joined(first_words(command));
    if (!words.empty()) {
      out << "    " << command.name << ") if [ \"$COMP_CWORD\" -eq 2 ]; then _fihris_offer -W "
          << quoted(words);
      if (takes_files(command)) out << "; else _fihris_offer -f";
      out << "; fi ;;\n";
    } else if (takes_files(command)) {
      out << "    " << command.name << ") _fihris_offer -f ;;\n";
    }
  }
  out << "  esac\n"
         "}\n"
         "complete -o filenames -F _fihris fihris\n";
  return out.str();
}

std::string zsh_completion() {
  // Inside an _arguments specification, colons and brackets have a meaning.
  const auto plain = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  std::ostringstream out;
  out << "#compdef fihris\n# zsh completion of fihris, made from its table of options\n"
         "_fihris() {\n  if (( CURRENT == 2 )); then\n    local -a all\n    all=(\n";
  for (const auto& command : commands()) {
    out << "      " << quoted(command.name + (":" + plain(command.summary))) << '\n';
  }
  out << "    )\n    _describe command all\n    return\n  fi\n"
         "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const auto& command : commands()) {
    out << "    " << command.name << ")\n      _arguments";
    for (const auto& option : option_table(command)) {
      std::string rest = "[" + plain(option.description) + "]";
      if (!option.value.empty()) {
        rest += ":" + plain(option.value) + ":";
        if (!option.choices.empty()) {
          rest += "(" + joined(option.choices) + ")";
        } else if (is_folder(option)) {
          rest += "_files -/";
        } else if (is_file(option)) {
          rest += "_files";
        }
      }
      const auto entry = [&](std::string spec) {
        out << " \\\n        " << quoted(spec.append(rest));
      };
      entry("*--" + option.name + (option.value.empty() ? "" : "="));
      if (!option.letter.empty()) entry("*-" + option.letter);
    }
    const auto words = first_words(command);
    if (!words.empty()) out << " \\\n        '1:argument:(" << joined(words) << ")'";
    // A rest of the line that only has a message keeps zsh from completing options.
    if (takes_files(command)) out << " \\\n        '*:file:_files'";
    out << "\n      ;;\n";
  }
  out << "  esac\n}\n_fihris \"$@\"\n";
  return out.str();
}

std::string fish_completion() {
  std::ostringstream out;
  out << "# fish completion of fihris, made from its table of options\n"
         "function __fihris_first\n  test (count (commandline -opc)) -eq 1\nend\n"
         "function __fihris_command\n  set -l words (commandline -opc)\n"
         "  test (count $words) -gt 1; and test $words[2] = $argv[1]\nend\n"
         "function __fihris_second\n"
         "  __fihris_command $argv[1]; and test (count (commandline -opc)) -eq 2\nend\n";
  for (const auto& command : commands()) {
    out << "complete -c fihris -n __fihris_first -f -a " << command.name << " -d "
        << quoted(command.summary) << '\n';
  }
  for (const auto& command : commands()) {
    const std::string here =
        std::string("complete -c fihris -n '__fihris_command ") + command.name + "'";
    if (!takes_files(command)) out << here << " -f\n";
    if (const auto words = first_words(command); !words.empty()) {
      out << "complete -c fihris -n '__fihris_second " << command.name << "' -a "
          << quoted(joined(words)) << '\n';
    }
    for (const auto& option : option_table(command)) {
      out << "complete -c fihris -n '__fihris_command " << command.name << "' -l " << option.name;
      if (!option.letter.empty()) out << " -s " << option.letter;
      if (!option.choices.empty()) {
        out << " -x -a " << quoted(joined(option.choices));
      } else if (is_folder(option)) {
        out << " -x -a '(__fish_complete_directories)'";
      } else if (is_file(option)) {
        out << " -r";
      } else if (!option.value.empty()) {
        out << " -x";
      }
      // In single quotes fish reads \' and \\ alone.
      std::string description;
      for (const char c : option.description) {
        if (c == '\'' || c == '\\') description += '\\';
        description += c;
      }
      out << " -d '" << description << "'\n";
    }
  }
  return out.str();
}

}  // namespace fihris::cli
