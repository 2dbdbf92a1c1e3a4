import ArgumentParser
import Hearsay
import HearsayPipeline
import HearsayStreams
import HearsayText

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of pipeline files, for completion in an editor.",
    discussion: """
      Save it and put a line on top of a pipeline: # yaml-language-server: $schema=hearsay.schema.json
      """)

  @OptionGroup var plugins: PluginOptions

  func run() throws {
    let schema = try plugins.catalogue().pipelineSchema(inputFormats: InputFormats.names).indentedJSON
    try StandardOutput.write(exactly: schema + "\n", onTerminal: .json)
  }
}
