/**
 * Generates `contract.ts` from the JSON Schema that the server validates against, so that both sides
 * speak of the same shapes. With `--check`, only says whether the committed file is up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';
import prettier from 'prettier';

const schemaFile = new URL(
  '../jupyter_hygiene/schemas/api.schema.json',
  import.meta.url
);
const contractFile = new URL('./contract.ts', import.meta.url);

const bannerComment = `/**
 * The wire contract, generated from jupyter_hygiene/schemas/api.schema.json by \`jlpm contract\`.
 * Do not edit it by hand.
 */
/* eslint-disable */`;

/** The compiler needs a root: an interface with one property for each definition serves as one. */
async function generate() {
  const schema = JSON.parse(await readFile(schemaFile, 'utf8'));
  const names = Object.keys(schema.$defs);
  const root = {
    title: 'Contract',
    description: schema.description,
    type: 'object',
    properties: Object.fromEntries(
      names.map(name => [name, { $ref: `#/$defs/${name}` }])
    ),
    required: names,
    additionalProperties: false,
    $defs: schema.$defs
  };
  const code = await compile(root, 'Contract', {
    bannerComment,
    additionalProperties: false,
    unknownAny: true,
    format: false
  });
  return prettier.format(code, {
    ...(await prettier.resolveConfig(contractFile)),
    parser: 'typescript'
  });
}

const wanted = await generate();
if (process.argv.includes('--check')) {
  const found = await readFile(contractFile, 'utf8').catch(() => '');
  if (found !== wanted) {
    console.error('src/contract.ts is out of date: run `jlpm contract`.');
    process.exit(1);
  }
} else {
  await writeFile(contractFile, wanted);
}
