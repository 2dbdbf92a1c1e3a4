#define _GNU_SOURCE
#include "ProcessGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

// After a fork in a process with several threads, only functions that are safe in signal handlers may be called.

extern char **environ;

/// More than the workers of any run.
enum { most_groups = 4096 };

static void set_close_on_exec(int descriptor) { fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

static int make_pipe(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC);
#else
  if (pipe(ends) != 0) return -1;
  set_close_on_exec(ends[0]);
  set_close_on_exec(ends[1]);
  return 0;
#endif
}

static void close_all_but(int kept) {
#if defined(__linux__) && defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  if ((kept == 0 || close_range(0, kept - 1, 0) == 0) && close_range(kept + 1, ~0U, 0) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  if (most < 0 || most > 65536) most = 65536;
  for (int descriptor = 0; descriptor < most; descriptor++)
    if (descriptor != kept) close(descriptor);
}

/// Reads the process groups that come and go, positive and negative, until the pipe closes.
static void guard_groups(int pipe) {
  static pid_t groups[most_groups];
  int count = 0;
  // The output and the locks of the run must not stay open here.
  close_all_but(pipe);
  // A key on the terminal is for the run, which ends its programs itself.
  setsid();
  for (int number = 1; number < 32; number++) signal(number, SIG_IGN);
#ifdef __linux__
  prctl(PR_SET_NAME, "hearsay-guard", 0, 0, 0);
#endif
  while (1) {
    int32_t group;
    ssize_t size = read(pipe, &group, sizeof group);
    if (size < 0 && errno == EINTR) continue;
    if (size != sizeof group) break;
    if (group > 0) {
      if (count < most_groups) groups[count++] = group;
      continue;
    }
    for (int i = 0; i < count; i++) {
      if (groups[i] != -group) continue;
      groups[i] = groups[--count];
      break;
    }
  }
  for (int i = 0; i < count; i++) kill(-groups[i], SIGKILL);
  _exit(0);
}

static void send(struct hearsay_guard guard, int32_t group) {
  if (guard.pipe < 0) return;
  while (write(guard.pipe, &group, sizeof group) < 0 && errno == EINTR) {}
}

struct hearsay_guard hearsay_guard_start(void) {
  struct hearsay_guard guard = {-1, -1};
  int ends[2];
  if (make_pipe(ends) != 0) return guard;
  guard.process = fork();
  if (guard.process == 0) guard_groups(ends[0]);
  int code = errno;
  close(ends[0]);
  if (guard.process < 0) {
    close(ends[1]);
    errno = code;
    return guard;
  }
  guard.pipe = ends[1];
  return guard;
}

void hearsay_guard_end(struct hearsay_guard guard) {
  if (guard.pipe >= 0) close(guard.pipe);
  if (guard.process > 0)
    while (waitpid(guard.process, NULL, 0) < 0 && errno == EINTR) {}
}

void hearsay_guard_forget(struct hearsay_guard guard, pid_t process) { send(guard, -process); }

/// Becomes the program; returns only where that fails.
static void become(struct hearsay_guard guard, char *const *argv, char *const *environment, const int streams[3]) {
  setpgid(0, 0);
  send(guard, getpid());
  for (int number = 0; number < 3; number++) {
    if (streams[number] == number) {
      fcntl(number, F_SETFD, 0);
    } else if (dup2(streams[number], number) < 0) {
      return;
    }
  }
  // The program starts with no signal blocked, and dies of a closed pipe as programs expect to, whatever holds here.
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
  environ = (char **)environment;
  execvp(argv[0], argv);
}

pid_t hearsay_guard_spawn(struct hearsay_guard guard, char *const *argv, char *const *environment, int input,
                          int output, int errors) {
  // The report of a start that fails comes by a pipe that a start that succeeds closes.
  int report[2];
  if (make_pipe(report) != 0) return -1;
  const int streams[3] = {input, output, errors};
  pid_t process = fork();
  if (process == 0) {
    become(guard, argv, environment, streams);
    int32_t code = errno;
    while (write(report[1], &code, sizeof code) < 0 && errno == EINTR) {}
    _exit(127);
  }
  int32_t code = errno;
  close(report[1]);
  if (process > 0) {
    setpgid(process, process);
    ssize_t size;
    do size = read(report[0], &code, sizeof code);
    while (size < 0 && errno == EINTR);
    if (size == sizeof code) {
      while (waitpid(process, NULL, 0) < 0 && errno == EINTR) {}
      hearsay_guard_forget(guard, process);
      process = -1;
    }
  }
  close(report[0]);
  errno = code;
  return process;
}
