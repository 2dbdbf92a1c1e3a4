import Foundation
import TestSupport
import Testing

@testable import HearsayStreams

@Suite("The names in a folder are in order, however few are held")
struct FolderNamesTests {
  @Test(arguments: [1, 2, 7, 49, 50, 51, 1000])
  func comeInOrder(window: Int) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: UInt64(window))
    var expected: Set<String> = [".hidden", "a", "a.b", "aa", "é", "Z"]
    while expected.count < 100 {
      expected.insert(String(UInt64.random(in: 0...UInt64(10 * expected.count), using: &random), radix: 3))
    }
    for name in expected { try folder.write(name, "") }
    var names = try FolderNames(of: folder.path, window: window)
    var found: [String] = []
    while let name = try names.next() { found.append(name) }
    #expect(found == expected.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func aFolderThatGoesFailsInOrder() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try folder.write("n/\(name)", "") }
    var names = try FolderNames(of: folder("n"), window: 2)
    #expect(try names.next() == "a")
    try FileManager.default.removeItem(atPath: folder("n"))
    #expect(try names.next() == "b")
    #expect(throws: SystemError.self) { try names.next() }
  }
}
