// Runs that keep all cores busy for seconds: one at a time, so that the server goes on answering the rest.
// Who comes in between is told to try again, and does not wait on a worker that others need.
#pragma once
#include <atomic>
#include <utility>

#include "serve/http.hpp"

namespace cordon::serve {

class LongRuns {
 public:
  class Turn {
   public:
    explicit Turn(LongRuns& runs) : runs_(runs), mine_(!runs.busy_.exchange(true)) {}
    ~Turn() {
      if (mine_) runs_.busy_ = false;
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    explicit operator bool() const { return mine_; }

   private:
    LongRuns& runs_;
    bool mine_;
  };
  static Response busy() {
    return std::move(error(429, "another plan or comparison is being worked out; try again in a few seconds")
                         .header("Retry-After", "3"));
  }

 private:
  std::atomic<bool> busy_{false};
};

}  // namespace cordon::serve
