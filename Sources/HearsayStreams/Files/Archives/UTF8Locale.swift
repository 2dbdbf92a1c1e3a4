#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The locale in which libarchive returns the names of entries unchanged, whatever the locale of the process.
@safe struct UTF8Locale: @unchecked Sendable {  // A locale is never changed, and this one is never freed.
  private let locale: locale_t

  private static let shared = UTF8Locale()

  /// `nil` where the system has none.
  private init?() {
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"] {
      guard let locale = unsafe newlocale(LC_CTYPE_MASK, name, nil) else { continue }
      unsafe self.locale = locale
      return
    }
    return nil
  }

  /// Runs `work` in this locale, which is that of the calling thread only, and only meanwhile.
  static func using<Result>(_ work: () -> Result) -> Result {
    guard let shared else { return work() }
    let before = unsafe uselocale(shared.locale)
    defer { unsafe uselocale(before) }
    return work()
  }
}
