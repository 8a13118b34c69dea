// Program, law and lists, each with its own version: what an answer or an entry of the ledger rests on.
#pragma once
#include <string>

namespace cordon::cli {

// {"cordon":"0.1.0","law":"2026-11-23","lists":{"un_sc":"2026-02-27"}}: of the data inside the program.
std::string versions_json();
// The same as --version --json prints it, with the number of entities of each list.
std::string program_json();

}  // namespace cordon::cli
