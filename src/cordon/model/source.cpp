#include "cordon/model/source.hpp"

#include <cstddef>

namespace cordon::model {

std::string describe(const Source& source) {
  if (!source.file) return source.record;
  std::string out = source.file->dataset;
  if (!source.record.empty()) out += ' ' + source.record;
  if (!source.file->version.empty()) {
    // For people the day is enough where the version is a time.
    std::string_view version = source.file->version;
    if (version.size() > 10 && version[4] == '-' && version[7] == '-' && version[10] == 'T') {
      version = version.substr(0, 10);
    }
    out += " (" + std::string(version) + ')';
  }
  if (!source.file->file.empty()) {
    const std::string& path = source.file->file;
    const std::size_t slash = path.find_last_of('/');
    out += ", " + (slash == std::string::npos ? path : path.substr(slash + 1));
    if (source.line != 0) out += ':' + std::to_string(source.line);
  }
  return out;
}

}  // namespace cordon::model
