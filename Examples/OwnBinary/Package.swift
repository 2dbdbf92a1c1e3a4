// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnBinary",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "Hearsay", path: "../..")],
  targets: [
    .executableTarget(
      name: "MyHearsay",
      dependencies: [
        .product(name: "Hearsay", package: "Hearsay"), .product(name: "HearsayCLI", package: "Hearsay"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
