// Writes the Swift file that gives a plugin, and the `hearsay` that loads it, the fingerprint of the SDK that each was
// built with. Run by the build, whenever a source of the SDK has changed.
//
//   hash-sdk OUT.swift SOURCE…
import CHearsayPlugin
import Foundation

/// FNV-1a in 64 bits.
struct Hash {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}

var arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.popFirst(), !arguments.isEmpty else {
  FileHandle.standardError.write(Data("usage: hash-sdk OUT.swift SOURCE…\n".utf8))
  exit(2)
}
var hash = Hash()
// By the file's name, so that the place of the checkout makes no difference.
for path in arguments.sorted(by: { ($0 as NSString).lastPathComponent < ($1 as NSString).lastPathComponent }) {
  guard let bytes = FileManager.default.contents(atPath: path) else {
    FileHandle.standardError.write(Data("hash-sdk: cannot read \(path)\n".utf8))
    exit(1)
  }
  hash.combine((path as NSString).lastPathComponent.utf8)
  hash.combine([0])
  hash.combine(bytes)
}
let hexadecimal = String(hash.value, radix: 16)
let sdk = String(repeating: "0", count: 16 - hexadecimal.count) + hexadecimal
let text =
  "\(HEARSAY_FINGERPRINT_MARKER)Hearsay \(HEARSAY_VERSION), SDK \(sdk), \(unsafe String(cString: hearsay_compiler()))"
let source = """
  extension Plugin {
    /// The SDK and the compiler that the calling code was built with, as C text. The host finds it in the plugin's file
    /// and compares it with its own before it loads the plugin: it is compiled into the caller, never bound to the host's.
    @_alwaysEmitIntoClient
    public static var fingerprint: UnsafePointer<CChar> {
      // One literal: the marker and the text stay together in the file.
      let text: StaticString = "\(text)"
      return unsafe UnsafeRawPointer(text.utf8Start + \(HEARSAY_FINGERPRINT_MARKER.utf8.count))
        .assumingMemoryBound(to: CChar.self)
    }
  }

  """
do {
  try Data(source.utf8).write(to: URL(fileURLWithPath: output))
} catch {
  FileHandle.standardError.write(Data("hash-sdk: cannot write \(output): \(error)\n".utf8))
  exit(1)
}
