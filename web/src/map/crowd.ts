// Crowds on a machine without a graphics card, as analysts' virtual machines are. There a vertex costs the processor a microsecond, so
// the dots are placed here and drawn into one picture, which WebGL lays over the map. Placed by the same rule as a click finds them.
import {placeRow, type Columns, type Now} from './columns';
import {mercatorY} from './segments';

const VERTEX = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0, 0.0, 1.0); }`;
const EDGE = 32;                 // pixels around the picture: a dot at the border needs no clipping
const FRAGMENT = `#version 300 es
precision highp float; precision highp int;
uniform sampler2D picture; out vec4 pixel;
void main() { pixel = texelFetch(picture, ivec2(gl_FragCoord.xy) + ${EDGE}, 0); }`;
const OPAQUE = 0xff000000;

/** Whether WebGL is computed by the processor, as far as the browser says. */
export function drawnBySoftware(gl: WebGL2RenderingContext): boolean {
  const more = gl.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(String(gl.getParameter(more ? more.UNMASKED_RENDERER_WEBGL : gl.RENDERER)));
}

/** The map leaves other settings behind for the textures it fills. */
export function takeBytesAsTheyLie(gl: WebGL2RenderingContext) {
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
}

export interface Sight { time: number; chosen: number; matrix: Float32Array; copies: number[]; size: number; bold: number }

/** The places of the pixels of a disc, from the one it is drawn at, in a picture of this width. */
function disc(size: number, width: number): Int32Array {
  const wide = Math.max(1, Math.min(EDGE, Math.round(size))), middle = (wide - 1) / 2, places: number[] = [];
  for (let y = 0; y < wide; y++)
    for (let x = 0; x < wide; x++)
      if (wide < 3 || (x - middle) ** 2 + (y - middle) ** 2 <= (wide / 2) ** 2) places.push((y - Math.floor(middle)) * width + x - Math.floor(middle));
  return Int32Array.from(places);
}

export class Crowd {
  private program: WebGLProgram;
  private array: WebGLVertexArrayObject;
  private texture: WebGLTexture;
  private picture = new Uint32Array(0);
  private width = 0;
  private height = 0;
  private of?: Columns;
  private row = new Uint32Array(0);  // of each vessel, where the last frame found it: time moves little between frames

  constructor(private gl: WebGL2RenderingContext, make: (gl: WebGL2RenderingContext, vertex: string, fragment: string) => WebGLProgram) {
    this.program = make(gl, VERTEX, FRAGMENT);
    this.array = gl.createVertexArray()!;
    this.texture = gl.createTexture()!;
  }
  remove() {
    this.gl.deleteProgram(this.program); this.gl.deleteVertexArray(this.array); this.gl.deleteTexture(this.texture);
  }
  private fit(width: number, height: number) {
    const {gl} = this;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    if (this.width === width && this.height === height) { this.picture.fill(0); return; }
    [this.width, this.height] = [width, height];
    this.picture = new Uint32Array(width * height);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  }
  /** looks: four bytes a vessel, as VesselLayer.setLooks takes them. */
  draw(c: Columns, looks: Uint8Array, sight: Sight) {
    const {gl} = this;
    this.fit(gl.drawingBufferWidth + 2 * EDGE, gl.drawingBufferHeight + 2 * EDGE);
    if (this.of !== c) { this.of = c; this.row = c.firstRow.slice(); }
    this.place(c, looks, sight);
    takeBytesAsTheyLie(gl);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, this.width, this.height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(this.picture.buffer));
    gl.useProgram(this.program);
    gl.bindVertexArray(this.array);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
  private place(c: Columns, looks: Uint8Array, {time, chosen, matrix: m, copies, size, bold}: Sight) {
    const {picture, width, height, row} = this, [wide, high] = [(width - 2 * EDGE) / 2, (height - 2 * EDGE) / 2];
    const small = disc(size, width), large = disc(bold, width), above: [at: number, colour: number][] = [];
    const now: Now = {vessel: 0, lat: 0, lon: 0, cog: 0, sog: 0, silent: false};
    for (let v = 0; v < c.vessels; v++) {
      const look = v * 4, shown = looks[look + 3]!;
      if (!shown) continue;
      const first = c.firstRow[v]!, end = v + 1 < c.vessels ? c.firstRow[v + 1]! : c.rows;
      let at = row[v]!;
      while (at + 1 < end && c.time[at + 1]! <= time) at++;
      while (at > first && c.time[at]! > time) at--;
      row[v] = at;
      if (first >= end || c.time[at]! > time || !placeRow(c, at, end, time, now)) continue;
      const y = mercatorY(now.lat), x = now.lon / 360 + 0.5;
      const colour = (OPAQUE | (looks[look + 2]! << 16) | (looks[look + 1]! << 8) | looks[look]!) >>> 0;
      for (const copy of copies) {
        const w = m[3]! * (x + copy) + m[7]! * y + m[15]!;
        const px = Math.round(((m[0]! * (x + copy) + m[4]! * y + m[12]!) / w + 1) * wide), py = Math.round(((m[1]! * (x + copy) + m[5]! * y + m[13]!) / w + 1) * high);
        if (!(w > 0 && px >= 0 && py >= 0 && px < 2 * wide && py < 2 * high)) continue;
        const place = (py + EDGE) * width + px + EDGE;
        if (shown > 230 || v === chosen) above.push([place, colour]);
        else for (let i = 0; i < small.length; i++) picture[place + small[i]!] = colour;
      }
    }
    for (const [place, colour] of above) for (const each of large) picture[place + each] = colour;
  }
}
