// Made-up registers of people for the tests: the same seed, the same register.
#pragma once
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "cordon/resolve/resolver.hpp"

namespace cordon::resolve::test {

struct Person {
  std::string id;
  std::vector<std::string> cells;  // given, family, street, suburb, postcode, born, passport
};

inline const std::vector<std::string>& columns() {
  static const std::vector<std::string> names = {"given_name", "surname",       "address", "suburb",
                                                 "postcode",   "date_of_birth", "passport"};
  return names;
}

// About a third of the records repeat an earlier one with one or two cells misspelt, lost or changed.
inline std::vector<Person> people(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  const auto word = [&](std::size_t kinds) {
    static constexpr const char* kParts[] = {"ka",  "lo",  "mir", "den", "ta",  "sho",
                                             "vel", "run", "ni",  "bas", "tor", "ec"};
    std::size_t kind = pick(kinds);
    std::string out;
    for (int i = 0; i < 3; ++i) out += kParts[kind % 12], kind /= 12;
    return out;
  };
  std::vector<Person> all;
  for (std::size_t i = 0; i < count; ++i) {
    Person person{"p" + std::to_string(i), {}};
    if (i > 0 && pick(3) == 0) {
      person.cells = all[pick(i)].cells;
      for (std::size_t change = 1 + pick(2); change-- > 0;) {
        std::string& cell = person.cells[pick(person.cells.size())];
        if (pick(4) == 0 || cell.size() < 3)
          cell.clear();
        else
          std::swap(cell[pick(cell.size() - 1)], cell[cell.size() - 1]);
      }
    } else {
      const std::size_t suburb = pick(40);
      person.cells = {word(60),
                      word(300),
                      std::to_string(1 + pick(200)) + " " + word(400) + " street",
                      "suburb" + std::to_string(suburb),
                      std::to_string(2000 + suburb),
                      std::to_string(1930 + pick(70)) + "-0" + std::to_string(1 + pick(9)) + "-" +
                          std::to_string(10 + pick(18)),
                      std::to_string(10000000 + pick(90000000))};
    }
    all.push_back(std::move(person));
  }
  return all;
}

inline Row row(const Person& person) {
  Row cells;
  for (std::size_t i = 0; i < columns().size(); ++i) cells.emplace_back(columns()[i], person.cells[i]);
  return cells;
}

inline Table table(const std::vector<Person>& records) {
  Table made;
  made.name = "people";
  for (const std::string& name : columns()) made.column(name);
  for (const Person& person : records) {
    made.add_row(person.id);
    for (std::size_t i = 0; i < columns().size(); ++i) made.put(i, person.cells[i]);
  }
  return made;
}

}  // namespace cordon::resolve::test
