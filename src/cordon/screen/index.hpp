// All listed parties, ready to be asked: exact identifiers, and postings of words, sounds and letter pairs
// that bring up the few names worth scoring. Built on all cores; the same bytes whatever their number.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cordon/model/entity.hpp"
#include "cordon/screen/query.hpp"

namespace cordon::screen {

struct Image;

struct Hit {
  std::uint32_t entity = 0;  // index into the span given to build()
  double score = 0.0;
  bool match = false;
  std::vector<std::string> reasons;
};

inline constexpr std::size_t kDefaultLimit = 5;
inline constexpr double kDefaultCutoff = 0.5;  // hits below are not returned

class Index {
 public:
  // Entities that are not parties (addresses, ownership edges) keep their number and are never found.
  static Index build(std::span<const model::Entity> entities);
  // The same, for lists of millions: the entities are gone before the memory for their keys is needed.
  static Index build(std::vector<model::Entity>&& entities);
  // The same bytes as build(entities), but what `before` holds too is not prepared again. Where these are the
  // entities of `before`, its memory is shared.
  static Index update(const Index& before, std::span<const model::Entity> entities);
  // Over parts that image_error() accepts; `memory` holds them.
  static Index over(const Image& image, std::shared_ptr<const void> memory);

  // Best first; equal scores in order of entity. Thread safe. The answer depends on the entities that share a
  // key with the query and on nothing else, not even on how many others there are.
  std::vector<Hit> search(const Query& query, std::size_t limit = kDefaultLimit,
                          double cutoff = kDefaultCutoff) const;
  // Whether any entity shares a key with the query: without one search() finds nothing.
  bool touches(const Query& query) const;
  model::Entity entity(std::uint32_t index) const;
  std::size_t size() const;      // entities that can be found
  std::size_t entities() const;  // all
  std::size_t prepared() const;  // entities that build() or update() had to prepare
  std::size_t bytes() const;     // memory held, or mapped, with the entities
  const Image& image() const;
  bool shares_memory(const Index& other) const;
  double threshold() const { return screen::threshold(); }

  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

 private:
  struct Data;
  class Builder;
  explicit Index(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace cordon::screen
