// Plain JavaScript: what is compiled here is kept, so that the next start need not read and compile it again.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the code, so that whoever may change the one may change the other: a folder that all accounts share would let one of them
// hand its code to another. Where it cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rewind', import.meta.url)));
await import('./main.ts');
