// What an Index holds; for index.cpp and build.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/screen/image.hpp"
#include "cordon/screen/index.hpp"

namespace cordon::screen {

struct Index::Data {
  Image image;
  Words words;
  std::size_t size = 0, prepared = 0;
  std::shared_ptr<const void> memory;  // what the image looks into
};

// A query asks for a key once for each kind of party it may mean, so that a person brings up no company.
inline Key key_of_party(Key key, Party party) {
  return key ^ (static_cast<Key>(party) + 1) * 0x9fb21c651e98df25u;
}
// Keys of the exact numbers of a subject.
void number_keys(const Subject& subject, std::vector<Key>& keys);

}  // namespace cordon::screen
