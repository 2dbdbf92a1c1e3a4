import Foundation
import Testing

@Suite("Each promise of Running.md names a check that is there")
struct PromisesTests {
  /// The names of the checks, as the table of promises has them.
  private static func named() throws -> [String] {
    let page = try String(
      contentsOf: Binary.package.appendingPathComponent("Documentation/Running.md"), encoding: .utf8)
    let section = page.components(separatedBy: "## Promises").last ?? ""
    return section.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }.flatMap { row in
      // The last column.
      let checks = row.split(separator: "|").last ?? ""
      return checks.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
  }

  /// All that tests and the scripts of checks say.
  private static func sources() throws -> String {
    var text = ""
    for script in ["check-safety", "check-resume"] {
      text += try String(contentsOf: Binary.package.appendingPathComponent("Scripts/\(script)"), encoding: .utf8)
    }
    let tests = Binary.package.appendingPathComponent("Tests")
    for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path) where path.hasSuffix(".swift") {
      text += try String(contentsOf: tests.appendingPathComponent(path), encoding: .utf8)
    }
    return text
  }

  @Test func theChecksAreThere() throws {
    let names = try Self.named()
    #expect(names.count > 30)
    let sources = try Self.sources()
    for name in names { #expect(sources.contains("def \(name)(") || sources.contains("func \(name)("), "\(name)") }
  }
}
