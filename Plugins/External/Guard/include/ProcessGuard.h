#pragma once

#include <sys/types.h>

/// Programs that never outlive the process which started them, whatever ends it.
///
/// A guard is a small process of our own that waits at a pipe. When this process ends, in any way, the pipe closes, and
/// the guard kills the process groups of all programs that are still registered. A parent-death signal would not do: it
/// goes by threads, and what a program has started does not get it.

/// A guard: its process, and the end of the pipe on this side. `pipe` is -1 where there is none.
struct hearsay_guard {
  pid_t process;
  int pipe;
};

/// Starts a guard; on failure its `pipe` is -1 and `errno` says why.
struct hearsay_guard hearsay_guard_start(void);

/// Ends a guard: what is still registered is killed.
void hearsay_guard_end(struct hearsay_guard guard);

/// Starts a program at the head of a process group of its own, which is registered with the guard before the program's
/// first instruction.
///
/// - `argv[0]` is looked for on the PATH. The descriptors become its standard input, output and error.
/// - Returns its process, or -1, and then `errno` says why.
pid_t hearsay_guard_spawn(struct hearsay_guard guard, char *const _Nullable *_Nonnull argv,
                          char *const _Nullable *_Nonnull environment, int input, int output, int errors);

/// Takes a program that was waited for off the guard's list.
void hearsay_guard_forget(struct hearsay_guard guard, pid_t process);
