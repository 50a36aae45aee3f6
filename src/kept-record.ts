import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a small record, whole or not at all; on return it is on disk. Who reads meanwhile finds the one before. */
export async function keepRecord(path: string, record: string): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'w');
  try {
    await file.writeFile(record);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await putNamesOnDisk(dirname(path));
}

/** A new name is on disk once its folder is. Windows has no such call, and needs none. */
export async function putNamesOnDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, constants.O_RDONLY);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
