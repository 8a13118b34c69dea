// What the verbs share: where output goes, in which form, and how errors end the program.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cordon/base/bytes.hpp"
#include "cordon/base/parquet.hpp"
#include "cordon/base/result.hpp"
#include "cordon/base/tally.hpp"
#include "cordon/base/time.hpp"
#include "verbs.hpp"

namespace CLI {
class App;
}

namespace cordon::cli {

inline constexpr int kUsage = 2, kBadInput = 3, kInternal = 70;  // 70: EX_SOFTWARE of sysexits.h

struct Output {
  std::string path = "-";  // --output
  std::string format;      // --format; the verb's default where not given
};
// Adds -o/--output and, where formats is not empty, --format with these choices; the first is the default.
void add_output(CLI::App& command, Output& output, std::initializer_list<std::string_view> formats);

// "cordon: message" on stderr; exit.code = code.
void report(Exit& exit, const base::Error& error, int code = kBadInput);
// "cordon: LABEL: 3 rejected: 2 checksum (line 17: ...), 1 ..." on stderr; nothing when the tally is empty.
void report(std::string_view label, const base::Tally& tally);
// The day at Greenwich: what a question without a date is asked for.
base::Date today();
// A note on stderr for people: "cordon: ...".
void note(std::string_view message);

// Text to a file as it is; for --format parquet and geoparquet, as the columns of `form`.
class TextOutput {
 public:
  static base::Result<TextOutput> create(base::OutputFile& file, std::string_view format,
                                         const base::ParquetForm& form);
  base::Result<void> write(std::string_view text) {
    return parquet_ ? parquet_->write(text) : file_->write(text);
  }
  // A Parquet file cannot be read before it is finished.
  base::Result<void> flush() { return parquet_ ? base::Result<void>{} : file_->flush(); }
  base::Result<void> finish() { return parquet_ ? parquet_->finish() : base::Result<void>{}; }

 private:
  explicit TextOutput(base::OutputFile& file) : file_(&file) {}
  base::OutputFile* file_;
  std::optional<base::ParquetWriter> parquet_;
};

// Runs body with an output file that appears only when body and the final commit succeed.
// body: Result<void>(OutputFile&).
template <class Body>
void with_output(Exit& exit, const Output& output, Body&& body) {
  auto file = base::OutputFile::create(output.path);
  if (!file) return report(exit, file.error());
  if (auto done = body(*file); !done) return report(exit, done.error());
  if (auto done = file->commit(); !done) report(exit, done.error());
}

}  // namespace cordon::cli
