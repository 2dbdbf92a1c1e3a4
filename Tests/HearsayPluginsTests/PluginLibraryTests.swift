import CHearsayPlugin
import Foundation
import Hearsay
import TestSupport
import Testing

@testable import HearsayPlugins

/// A file that is given for a plugin and is none.
struct BadLibrary: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var code: PluginError.Code
  /// What the message must say after the file's name.
  var problem: String
  /// Makes the file in a folder.
  var make: @Sendable (Folder) throws -> String

  /// A library with this fingerprint after the marker by which it is found in the file.
  private static func library(_ fingerprint: String, _ more: String = "") -> String {
    """
    static const char text[] = "\(HEARSAY_FINGERPRINT_MARKER)\(fingerprint)";
    const char *hearsay_plugin_fingerprint(void) { return text + sizeof("\(HEARSAY_FINGERPRINT_MARKER)") - 1; }
    \(more)
    """
  }
  private static let ours = unsafe String(cString: Plugin.fingerprint)

  static let all = [
    BadLibrary(testDescription: "missing file", code: .notFound, problem: "is not there") { $0("none.so") },
    BadLibrary(testDescription: "folder", code: .notALibrary, problem: "is a folder; name the library in it") {
      $0("")
    },
    BadLibrary(testDescription: "text", code: .notALibrary, problem: "is not a shared library") {
      try $0.write("text.so", Array("#!/bin/sh and much more text".utf8))
    },
    BadLibrary(testDescription: "empty file", code: .notALibrary, problem: "is not a shared library") {
      try $0.write("empty.so", [])
    },
    BadLibrary(testDescription: "no plugin", code: .notAPlugin, problem: "is no plugin of Hearsay") {
      try $0.compile("int nothing;")
    },
    BadLibrary(
      testDescription: "another SDK", code: .wrongFingerprint,
      problem: "was built with Hearsay 0.0.0, Clang 1, and this is"
    ) { try $0.compile(library("Hearsay 0.0.0, Clang 1")) },
    BadLibrary(
      testDescription: "our fingerprint in the file, another from the function", code: .wrongFingerprint,
      problem: "was built with Hearsay 0.0.0, Clang 1, and this is"
    ) {
      try $0.compile(
        """
        const char mark[] = "\(HEARSAY_FINGERPRINT_MARKER)\(ours)";
        const char *hearsay_plugin_fingerprint(void) { return "Hearsay 0.0.0, Clang 1"; }
        """)
    },
    BadLibrary(
      testDescription: "a fingerprint without its marker", code: .notAPlugin, problem: "is no plugin of Hearsay"
    ) { try $0.compile("const char *hearsay_plugin_fingerprint(void) { return \"\(ours)\"; }") },
    BadLibrary(testDescription: "the bare marker", code: .notAPlugin, problem: "is no plugin of Hearsay") {
      try $0.compile("const char mark[] = \"\(HEARSAY_FINGERPRINT_MARKER)\";")
    },
    BadLibrary(testDescription: "a pipe", code: .notALibrary, problem: "is not a shared library") { folder in
      #expect(unsafe mkfifo(folder("pipe.so"), 0o600) == 0)
      return folder("pipe.so")
    },
    BadLibrary(testDescription: "no entry", code: .missingSymbol, problem: "has no 'hearsay_plugin'") {
      try $0.compile(library(ours))
    },
    BadLibrary(testDescription: "a symbol that nobody has", code: .unloadable, problem: "cannot be loaded: ") {
      try $0.compile(library(ours, "extern int hearsay_nobody(void); int f(void) { return hearsay_nobody(); }"))
    },
    BadLibrary(testDescription: "object file", code: .notALibrary, problem: "is not a shared library") {
      try $0.compile("int nothing;", "-c")
    },
    BadLibrary(testDescription: "another processor", code: .wrongArchitecture, problem: "is for riscv64, and this is") {
      try $0.patched(at: 18, [243, 0])
    },
    BadLibrary(testDescription: "32 bits", code: .wrongArchitecture, problem: "is for x86, 32 bits, and this is") {
      try $0.patched(at: 4, [1], at: 18, [3, 0])
    },
    BadLibrary(testDescription: "half a file", code: .unloadable, problem: "cannot be loaded: ") { folder in
      let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.compile("int nothing;"))))
      return try folder.write("half.so", whole.prefix(200) + Array("\(HEARSAY_FINGERPRINT_MARKER)\(ours)\0".utf8))
    },
  ]
}

/// A folder for libraries, gone with its test.
final class Folder: Sendable {
  private let path = NSTemporaryDirectory() + "hearsay-plugins-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }

  /// Compiles a shared library from C.
  func compile(_ source: String, _ kind: String = "-shared") throws -> String {
    let output = self("plugin.so")
    let compiler = Process("clang", kind, "-fPIC", "-x", "c", try write("plugin.c", Array(source.utf8)), "-o", output)
    try #require(compiler.finish().status == 0)
    return output
  }

  /// A library with some bytes changed.
  func patched(at offset: Int, _ bytes: [UInt8], at second: Int = 0, _ more: [UInt8] = []) throws -> String {
    var library = [UInt8](try Data(contentsOf: URL(fileURLWithPath: compile("int nothing;"))))
    library.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    library.replaceSubrange(second..<second + more.count, with: more)
    return try write("patched.so", library)
  }
}

@Suite("What is no plugin is refused with its reason")
struct PluginLibraryTests {
  @Test(arguments: BadLibrary.all)
  func itIsRefused(_ bad: BadLibrary) throws {
    let folder = try Folder()
    let path = try bad.make(folder)
    var catalogue = Catalogue()
    do throws(PluginError) {
      try catalogue.add(pluginAt: path)
      Issue.record("it was taken")
    } catch {
      #expect(error.code == bad.code)
      #expect("\(error)".hasPrefix("plugin '\(path)' \(bad.problem)"), "\(error)")
    }
    #expect(catalogue.stages.isEmpty)
  }

  @Test(
    "A library's initialisers run only where its file has our fingerprint",
    arguments: [
      ("", false), ("Hearsay 0.0.0, Clang 1", false), (unsafe String(cString: Plugin.fingerprint), true),
    ])
  func initialisersRunAfterTheCheckOnly(_ fingerprint: String, _ run: Bool) throws {
    let folder = try Folder()
    let path = try folder.compile(
      """
      #include <stdio.h>
      // Far after the first chunk of the file that is read.
      const char room[3 << 20] = {1};
      const char mark[] = "\(fingerprint.isEmpty ? "" : HEARSAY_FINGERPRINT_MARKER)\(fingerprint)";
      __attribute__((constructor)) static void begin(void) { fclose(fopen("\(folder("ran"))", "w")); }
      """)
    #expect(throws: PluginError.self) { try PluginLibrary.stages(at: path) }
    #expect(FileManager.default.fileExists(atPath: folder("ran")) == run)
  }

  @Test(
    "A fingerprint is found wherever a chunk ends",
    arguments: Array(stride(from: -1200, through: 40, by: 31)))
  func aFingerprintAcrossChunks(_ offset: Int) throws {
    let folder = try Folder()
    var bytes = [UInt8](repeating: 0x2E, count: 2 << 20)
    let text = Array("\(HEARSAY_FINGERPRINT_MARKER)a fingerprint\0".utf8)
    bytes.replaceSubrange((1 << 20) + offset..<(1 << 20) + offset + text.count, with: text)
    let path = try folder.write("marked", bytes)
    try FileFingerprint.check(path, ours: "a fingerprint")
    #expect(throws: PluginError.self) { try FileFingerprint.check(path, ours: "another") }
  }

  @Test func aFolderOfThePathStandsForItsLibraries() throws {
    let folder = try Folder()
    for name in ["b.so", "a.so", "libHearsaySDK.so", "a.txt"] { _ = try folder.write(name, []) }
    let libraries = try PluginPath.libraries(in: "\(folder("")):x/y.so:")
    #expect(libraries.map { $0.split(separator: "/").last } == ["a.so", "b.so", "y.so"])
  }
}
