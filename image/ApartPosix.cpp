// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ApartPosix.cpp - work on data that may bring its reader down.
//
#include "Apart.h"

#include "llvm/Support/Compiler.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace llvm;

namespace hvci {

static void limit(int What, rlim_t Most) {
  const rlimit Limit = {Most, Most};
  (void)setrlimit(What, &Limit);
}

// Sanitizers take more memory at their start than any file is worth.
#if LLVM_ADDRESS_SANITIZER_BUILD
static void limitMemory(uint64_t) {}
#else
static void limitMemory(uint64_t Most) { limit(RLIMIT_DATA, Most); }
#endif

[[noreturn]] static void work(int Output, uint64_t Memory,
                              function_ref<void(raw_ostream &)> Work) {
  int Nowhere = open("/dev/null", O_WRONLY);
  if (Nowhere >= 0)
    (void)dup2(Nowhere, STDERR_FILENO);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, 60);
  limitMemory(Memory);
  raw_fd_ostream Stream(Output, false);
  Work(Stream);
  Stream.flush();
  bool Failed = Stream.has_error();
  Stream.clear_error();
  _exit(Failed);
}

static std::string readAll(int Input) {
  std::string All;
  char Some[1 << 16];
  for (;;) {
    ssize_t Got = read(Input, Some, sizeof Some);
    if (Got > 0)
      All.append(Some, static_cast<size_t>(Got));
    else if (Got == 0 || errno != EINTR)
      return All;
  }
}

std::string runApart(uint64_t Memory, function_ref<void(raw_ostream &)> Work) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC) != 0)
    return "";
  pid_t Child = fork();
  if (Child == 0) {
    (void)close(Ends[0]);
    work(Ends[1], Memory, Work);
  }
  (void)close(Ends[1]);
  std::string All = Child > 0 ? readAll(Ends[0]) : "";
  (void)close(Ends[0]);
  int Status = -1;
  while (Child > 0 && waitpid(Child, &Status, 0) < 0 && errno == EINTR)
    ;
  return Status == 0 ? All : "";
}

} // namespace hvci
