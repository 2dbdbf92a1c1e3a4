import Foundation

/// Writes one Swift file that holds text files as string literals.
///
///     embed-files OUTPUT.swift FOLDER FILE…
///
/// A path in it is relative to the folder.
@main
struct EmbedFiles {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      FileHandle.standardError.write(Data("usage: embed-files OUTPUT.swift FOLDER FILE…\n".utf8))
      exit(2)
    }
    var code = "/// The files of the languages. Generated: do not edit.\nenum LanguageFiles {\n"
    var list = "  static let all: [(path: String, text: StaticString)] = [\n"
    for (number, file) in arguments.dropFirst(2).enumerated() {
      let text = try String(contentsOfFile: file, encoding: .utf8)
      code += "  private static let file\(number): StaticString = ###\"\"\"\n\(text)\n\"\"\"###\n"
      let path = file.hasPrefix(arguments[1] + "/") ? String(file.dropFirst(arguments[1].count + 1)) : file
      list += "    (\"\(path)\", file\(number)),\n"
    }
    code += list + "  ]\n}\n"
    try code.write(toFile: arguments[0], atomically: true, encoding: .utf8)
  }
}
