/// The files of a new plugin package.
struct PluginTemplate {
  /// The package, its module and its stage's type.
  let name: String
  /// What stands in `.package(…)` for Hearsay.
  let dependency: String

  /// `MyRedactor` is the stage `my-redactor`.
  var stage: String {
    var words = ""
    for character in name {
      if character.isUppercase, !words.isEmpty, words.last?.isUppercase == false { words += "-" }
      words.append(character)
    }
    return words.lowercased()
  }

  var files: [(path: String, text: String)] {
    [
      ("Package.swift", manifest), ("Sources/\(name)/\(name).swift", source), ("Sources/\(name)/Plugin.swift", entry),
      ("Tests/\(name)Tests/\(name)Tests.swift", tests), ("try.yaml", pipeline), ("README.md", readme),
      (".gitignore", ".build/\nPackage.resolved\n"),
    ]
  }

  private var manifest: String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "\(name)",
      platforms: [.macOS(.v26)],
      products: [.library(name: "\(name)", type: .dynamic, targets: ["\(name)"])],
      dependencies: [.package(name: "Hearsay", \(dependency))],
      targets: [
        .target(name: "\(name)", dependencies: [.product(name: "HearsaySDK", package: "Hearsay")]),
        .testTarget(name: "\(name)Tests", dependencies: ["\(name)"]),
      ],
      swiftLanguageModes: [.v6]
    )

    """
  }

  private var source: String {
    """
    import Hearsay
    import HearsayText

    /// Hides words of a list in the text.
    struct \(name): Stage {
      struct Options: StageOptions {
        var words: [String] = []
        var mask = "█"
        static let fields: [Field<Self>] = [
          Field("words", \\.words, "The words to hide, in any case."),
          Field("mask", \\.mask, "What stands in their place."),
        ]
      }

      static let name = "\(stage)"
      static let summary = "Hides words."
      static let examples = [
        Example("a name", "Ask Ann, not Annie.", becomes: "Ask █, not Annie.", options: ["words": ["ann"]])
      ]

      let mask: String
      /// The words, found by their hash: see HearsayText's `Lexicon`.
      let words: Lexicon<Bool>

      init(_ options: Options) {
        mask = options.mask
        words = Lexicon(Array(options.words.joined(separator: "\\n").utf8)) { _ in true }
      }

      func process(_ document: inout Document) -> Disposition {
        // Tokens are found once for all stages of a pipeline.
        let tokens = document.tokens()
        var edits = TextEdits()
        for token in tokens where words.value(of: token, in: document.bytes) != nil {
          edits.replace(token.span, with: mask.utf8)
        }
        document.apply(edits)
        return .keep
      }
    }

    """
  }

  private var entry: String {
    """
    import Hearsay

    // What `hearsay` looks for when it loads the library.

    @_cdecl("hearsay_plugin_fingerprint")
    public func fingerprint() -> UnsafePointer<CChar> { Plugin.fingerprint }

    @_cdecl("hearsay_plugin")
    public func plugin() -> UnsafeMutableRawPointer { Plugin([\(name).self]).passRetained() }

    """
  }

  private var tests: String {
    """
    import Hearsay
    import Testing

    @testable import \(name)

    @Suite("\(stage)")
    struct \(name)Tests {
      let catalogue = Catalogue([\(name).self])

      @Test(arguments: \(name).examples)
      func doesWhatItsExampleShows(_ example: Example) throws {
        let stage = try #require(catalogue["\(stage)"])
        let outcomes = try catalogue.run(example, of: stage)
        #expect(try example.expectation.mismatches(in: outcomes, marking: stage.layers.writes.first?.type) == [])
      }

      @Test func marksMoveAlongWithTheText() {
        var document = Document(id: "a", text: "Ask Ann. She knows.")
        document[Sentences.self] = [Span(0, 8), Span(9, 19)]
        var options = \(name).Options()
        options.words = ["Ann"]
        _ = \(name)(options).process(&document)
        #expect(document[Sentences.self].map { document.text(in: $0) } == ["Ask █.", "She knows."])
      }
    }

    """
  }

  private var pipeline: String {
    """
    # hearsay test try.yaml
    plugins: [.build/debug/lib\(name).so]
    stages:
      - \(stage): { words: [Ann] }
      - split-sentences
      - export
    tests:
      - name: a name is hidden
        text: Ask Ann. She knows.
        expect: { sentences: [Ask █., She knows.] }

    """
  }

  private var readme: String {
    """
    # \(name)

    A stage for pipelines of Hearsay.

    ```sh
    swift build                 # .build/debug/lib\(name).so
    swift test
    hearsay test try.yaml       # the pipeline's tests, and the stage's examples
    hearsay stages \(stage) --plugin .build/debug/lib\(name).so
    ```

    The stage is [Sources/\(name)/\(name).swift](Sources/\(name)/\(name).swift): its options, layers and examples stand there
    once, and everything else comes from them. `swift build -c release` makes a fast one. To use it elsewhere, copy
    `lib\(name).so` and `libHearsaySDK.so`, which stands beside it, to one folder. A library works with the Hearsay and the
    Swift that it was built with; any other `hearsay` refuses it.

    """
  }
}
