// Read elements JSON with cytoscape.js, and print what it has made of them.
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";

const file = JSON.parse(readFileSync(process.argv[2], "utf8"));
const read = cytoscape({ headless: true, elements: file.elements });
const nodes = Object.fromEntries(
  read.nodes().map((node) => [node.id(), { ...node.data(), position: node.position() }]),
);
const edges = Object.fromEntries(read.edges().map((edge) => [edge.id(), edge.data()]));
const degrees = Object.fromEntries(read.nodes().map((node) => [node.id(), node.degree()]));
console.log(JSON.stringify({ nodes, edges, degrees }));
