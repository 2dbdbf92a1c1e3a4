/// What a Swift package hands to the `hearsay` that loads it. Two C functions are all that the package exports:
///
/// ```swift
/// @_cdecl("hearsay_plugin_fingerprint")
/// public func fingerprint() -> UnsafePointer<CChar> { Plugin.fingerprint }
///
/// @_cdecl("hearsay_plugin")
/// public func plugin() -> UnsafeMutableRawPointer { Plugin([Redact.self]).passRetained() }
/// ```
public final class Plugin: Sendable {
  public let stages: [any Stage.Type]

  public init(_ stages: [any Stage.Type]) { self.stages = stages }

  /// The plugin as a pointer that C can carry. Whoever takes it must call `takeRetained(from:)` once.
  public func passRetained() -> UnsafeMutableRawPointer { unsafe Unmanaged.passRetained(self).toOpaque() }

  /// The plugin in a pointer from `passRetained()`.
  @unsafe
  public static func takeRetained(from pointer: UnsafeMutableRawPointer) -> Plugin {
    unsafe Unmanaged<Plugin>.fromOpaque(pointer).takeRetainedValue()
  }
}
