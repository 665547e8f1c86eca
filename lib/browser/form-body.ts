const quoted = (text: string): string =>
  text.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A");

/**
 * A form with a file, as the browser would send it but for the mark between its parts, which comes from the key of
 * the intent: sent once more after a lost answer, it is the same bytes, and known to be the same request.
 */
export function formBody(form: FormData, key: string): Blob {
  const mark = `form-${key.replace(/[^0-9A-Za-z]/g, "").slice(0, 60).toLowerCase()}`;
  const parts = [...form].flatMap(([name, value]): BlobPart[] => {
    const disposition = `--${mark}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    return typeof value === "string"
      ? [`${disposition}\r\n\r\n${value}\r\n`]
      : [
          `${disposition}; filename="${quoted(value.name)}"\r\n`,
          `Content-Type: ${value.type || "application/octet-stream"}\r\n\r\n`,
          value,
          "\r\n",
        ];
  });
  return new Blob([...parts, `--${mark}--\r\n`], {
    type: `multipart/form-data; boundary=${mark}`,
  });
}
