import Foundation

/// The descriptors 0 to 2 of a program that was started with some of them closed.
///
/// The next file that is opened takes the lowest number that is free: messages for people would land in the results.
enum StandardDescriptors {
  /// Opens each that is closed on `/dev/null`. Reading standard input and writing to standard output stay errors;
  /// what is written to standard error vanishes.
  static func openClosed() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
      guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
      let opened = unsafe open("/dev/null", mode)
      guard opened >= 0, opened != descriptor else { continue }
      dup2(opened, descriptor)
      close(opened)
    }
  }

  /// Whether something was given as standard input.
  static var isInputReadable: Bool {
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_WRONLY
  }
}
