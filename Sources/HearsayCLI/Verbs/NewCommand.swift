import ArgumentParser
import Foundation
import Hearsay

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write the beginnings of something of your own.",
    subcommands: [NewPluginCommand.self])
}

struct NewPluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin",
    abstract: "Write a Swift package with a working stage, its example, a test and a pipeline.",
    discussion: """
      Build it with 'swift build', then name the library under 'plugins:' in a pipeline or by --plugin. It must be built \
      with the Hearsay and the Swift that this 'hearsay' was built with.
      """)

  @Argument(help: "The package's name, such as Redactor; the stage is then 'redactor'.")
  var name: String

  @Option(help: "The folder to write; a folder of the package's name where it is not given.", completion: .directory)
  var path: String?

  @Option(help: "Hearsay's own package: a folder, or the URL of its repository.", completion: .directory)
  var hearsay: String?

  func validate() throws {
    let isName = name.utf8.first.map { $0.isLetter } ?? false
    guard isName, name.utf8.allSatisfy({ $0.isLetter || (0x30...0x39).contains($0) }) else {
      throw ValidationError(
        "'\(name)' cannot name a Swift module; begin with a letter, and take letters and digits only")
    }
    let stage = PluginTemplate(name: name, dependency: "").stage
    if HearsayCommand.catalogue[stage] != nil {
      throw ValidationError("there is a stage '\(stage)' already; take another name")
    }
  }

  func run() throws {
    let folder = URL(fileURLWithPath: path ?? name)
    if (try? FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty) == false {
      throw ValidationError("'\(folder.relativePath)' is there already, and is not empty; give another by --path")
    }
    let template = PluginTemplate(name: name, dependency: try dependency())
    do {
      for file in template.files {
        let url = folder.appendingPathComponent(file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
      }
    } catch {
      printError("error: cannot write '\(folder.relativePath)': \(error.localizedDescription)")
      throw ExitStatus.broken
    }
    try StandardOutput.write(
      "Wrote \(folder.relativePath). Now:\n\n  cd \(folder.relativePath)\n  swift build\n  hearsay test try.yaml")
  }

  /// The package that the plugin depends on, as its manifest names it.
  private func dependency() throws -> String {
    if let hearsay, hearsay.contains("://") || hearsay.hasPrefix("git@") {
      return #"url: "\#(hearsay)", exact: "\#(HearsayCommand.configuration.version)""#
    }
    guard let folder = hearsay.map({ URL(fileURLWithPath: $0) }) ?? Self.ownPackage else {
      throw ValidationError("Hearsay's own package is not to be seen from here; give its folder or URL by --hearsay")
    }
    guard Self.isHearsay(folder) else {
      throw ValidationError("'\(folder.relativePath)' is not Hearsay's package: it has no Sources/Hearsay")
    }
    return #"path: "\#(folder.standardizedFileURL.path)""#
  }

  /// The package that this binary was built in, where it still stands in its build folder.
  private static var ownPackage: URL? {
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    while let at = folder, at.path.count > 1 {
      if isHearsay(at) { return at }
      folder = at.deletingLastPathComponent()
    }
    return nil
  }

  private static func isHearsay(_ folder: URL) -> Bool {
    ["Package.swift", "Sources/Hearsay/Stage/Plugin.swift"].allSatisfy {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
    }
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
