// Work on all cores whose result does not depend on how many there are.
#pragma once
#include <cstddef>
#include <functional>

namespace cordon::base {

// CORDON_THREADS in the environment, else the number of cores, at least 1.
unsigned thread_count();
// Calls work(begin, end) on disjoint ranges covering [0, size), each of at least `grain` items, on up to
// thread_count() threads. Exceptions are not expected in work.
void parallel_for(std::size_t size, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& work);

}  // namespace cordon::base
