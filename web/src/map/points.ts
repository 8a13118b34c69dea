// The layer of vessels: all reports lie on the graphics card as they came, row i and row i + 1 make a piece of way, and the
// vertex shader places the vessel on it for the time shown. Moving a million points costs the CPU one uniform.
import type {CustomLayerInterface, CustomRenderMethodInput, Map} from 'maplibre-gl';
import {COAST_S, SILENCE_S, type Columns} from './columns';

const COMMON = `#version 300 es
precision highp float;
precision highp int;
uniform mat4 matrix; uniform float world, time, trail; uniform int chosen; uniform sampler2D looks;
layout(location = 0) in float t0; layout(location = 1) in float t1;
layout(location = 2) in float lat0; layout(location = 3) in float lat1;
layout(location = 4) in float lon0; layout(location = 5) in float lon1;
layout(location = 6) in uint v0; layout(location = 7) in uint v1;
layout(location = 8) in float cog; layout(location = 9) in float sog;
const float PI = 3.14159265358979;
vec4 place(float lat, float lon) {
  return matrix * vec4(lon / 360.0 + 0.5 + world, 0.5 - log(tan(PI / 4.0 + radians(clamp(lat, -85.0, 85.0)) / 2.0)) / (2.0 * PI), 0.0, 1.0);
}
vec4 lookOf(uint v) { return texelFetch(looks, ivec2(int(v & 1023u), int(v >> 10u)), 0); }
// A way no ship can sail (two ships under one number, a false position) is a jump, not a track.
const float JUMP_DEGREES_S = 60.0 / 216000.0;
float beside(float lon, float near) { return lon - 360.0 * round((lon - near) / 360.0); }
const vec4 NOWHERE = vec4(2.0, 2.0, 2.0, 1.0);
`;
// One point a row; all but the row the time falls into leave at once.
const POINT_VERTEX = `${COMMON}
uniform float size;
flat out vec4 colour; flat out vec2 heading; flat out float shape;
void main() {
  bool more = v1 == v0;
  gl_Position = NOWHERE; gl_PointSize = 1.0; colour = vec4(0.0); heading = vec2(0.0); shape = 0.0;
  if (time < t0 || (more && time >= t1) || (!more && time - t0 > ${SILENCE_S.toFixed(1)})) return;
  vec4 look = lookOf(v0);
  if (look.a == 0.0) return;
  float lat = lat0, lon = lon0, silent = 0.0;
  if (more && t1 - t0 <= ${SILENCE_S.toFixed(1)}) {
    float share = (time - t0) / max(t1 - t0, 1e-3);
    lat = mix(lat0, lat1, share); lon = mix(lon0, beside(lon1, lon0), share);
  } else {
    float run = min(time - t0, ${COAST_S.toFixed(1)});
    if (sog > 0.3 && cog == cog) { float d = sog * run / 216000.0; lat += d * cos(radians(cog)); lon += d * sin(radians(cog)) / max(cos(radians(lat)), 0.01); }
    silent = step(${COAST_S.toFixed(1)}, time - t0);
  }
  gl_Position = place(lat, lon);
  bool mine = int(v0) == chosen;
  gl_PointSize = size * (mine ? 1.5 : look.a > 0.9 ? 1.25 : 1.0);
  colour = vec4(look.rgb, 1.0);
  float angle = radians(cog == cog ? cog : 0.0);
  heading = vec2(sin(angle), cos(angle));
  shape = silent > 0.5 ? 2.0 : (sog == sog && sog < 0.5) || cog != cog ? 1.0 : 0.0;
}`;
const POINT_FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 colour; flat in vec2 heading; flat in float shape; uniform vec3 rim; out vec4 pixel;
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0; p.y = -p.y;
  float d;
  if (shape < 0.5) {            // under way: an arrow along the course
    vec2 q = vec2(p.x * heading.y - p.y * heading.x, dot(p, heading));
    d = max(abs(q.x) * 1.9 + q.y * 0.72 - 0.62, -q.y - 0.72 + abs(q.x) * -0.55);
  } else d = length(p) - 0.5;   // at rest: a disc; silent: a ring
  float w = fwidth(d) + 0.02;
  float inside = 1.0 - smoothstep(0.0, w, d), edge = 1.0 - smoothstep(0.0, w, d - 0.16);
  if (edge < 0.02) discard;
  float fillIn = shape > 1.5 ? inside * (1.0 - (1.0 - smoothstep(0.0, w, d + 0.22))) : inside;
  if (shape > 1.5) { pixel = vec4(colour.rgb, 1.0) * fillIn; return; }
  vec3 mixed = mix(rim, colour.rgb, inside);
  pixel = vec4(mixed * edge, edge);
}`;
// Two vertices a row: the way behind each vessel, fading with age; all of the way of the chosen one, its silences red.
const LINE_VERTEX = `${COMMON}
out vec4 colour; out float dash; uniform vec3 silence; uniform float from, until;
void main() {
  gl_Position = NOWHERE; colour = vec4(0.0); dash = 0.0;
  if (v1 != v0) return;
  bool mine = int(v0) == chosen;
  vec2 leap = vec2(lat1 - lat0, (beside(lon1, lon0) - lon0) * cos(radians(lat0)));
  bool gap = t1 - t0 > ${SILENCE_S.toFixed(1)} || length(leap) > 0.02 + (t1 - t0) * JUMP_DEGREES_S;
  if (mine ? t1 < from || t0 > until : gap || t0 > time || t1 < time - trail) return;
  vec4 look = lookOf(v0);
  if (look.a == 0.0 || (gap && !mine)) return;
  float end = !mine && t1 > time ? (time - t0) / max(t1 - t0, 1e-3) : 1.0;
  float part = gl_VertexID == 0 ? 0.0 : end, next = beside(lon1, lon0);
  gl_Position = place(mix(lat0, lat1, part), mix(lon0, next, part));
  float age = mine ? 0.1 : clamp((time - mix(t0, t1, part)) / max(trail, 1.0), 0.0, 1.0);
  colour = gap ? vec4(silence, 1.0) : vec4(look.rgb, mine ? 1.0 : 0.75 * (1.0 - age));
  dash = gap ? (part == 0.0 ? 0.0 : length(vec2(lat1 - lat0, next - lon0))) : -1.0;
}`;
const LINE_FRAGMENT = `#version 300 es
precision highp float;
in vec4 colour; in float dash; uniform float dashes; out vec4 pixel;
void main() {
  if (dash >= 0.0 && fract(dash * dashes) > 0.55) discard;
  pixel = vec4(colour.rgb * colour.a, colour.a);
}`;

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const made = gl.createProgram()!;
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(`shader: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(`shader: ${gl.getProgramInfoLog(made)}`);
  return made;
}
export type Rgb = [number, number, number];
const LOOK_WIDTH = 1024;

export class VesselLayer implements CustomLayerInterface {
  readonly id = 'vessels';
  readonly type = 'custom' as const;
  readonly renderingMode = '2d' as const;
  time = 0; trail = 2 * 3600; chosen = -1; from = -1e12; until = 1e12;
  rim: Rgb = [0, 0, 0]; silence: Rgb = [1, 0, 0];
  private gl?: WebGL2RenderingContext;
  private map?: Map;
  private points?: WebGLProgram;
  private lines?: WebGLProgram;
  private buffers: WebGLBuffer[] = [];
  private arrays: (WebGLVertexArrayObject | null)[] = [];
  private looks?: WebGLTexture;
  private columns?: Columns;
  private pending?: Uint8Array;

  onAdd(map: Map, gl: WebGL2RenderingContext) {
    this.map = map; this.gl = gl;
    this.points = program(gl, POINT_VERTEX, POINT_FRAGMENT);
    this.lines = program(gl, LINE_VERTEX, LINE_FRAGMENT);
    if (this.columns) this.setColumns(this.columns);
    if (this.pending) this.setLooks(this.pending);
  }
  onRemove() {
    const gl = this.gl;
    if (!gl) return;
    this.buffers.forEach((each) => gl.deleteBuffer(each));
    this.arrays.forEach((each) => gl.deleteVertexArray(each));
    if (this.looks) gl.deleteTexture(this.looks);
    if (this.points) gl.deleteProgram(this.points);
    if (this.lines) gl.deleteProgram(this.lines);
    this.gl = undefined;
  }
  setColumns(columns: Columns) {
    this.columns = columns;
    const gl = this.gl;
    if (!gl) return;
    this.buffers.forEach((each) => gl.deleteBuffer(each));
    this.arrays.forEach((each) => gl.deleteVertexArray(each));
    gl.bindVertexArray(null);
    // Each buffer has one row more, so that the last row, too, has a row after it: one of no vessel.
    const put = (data: ArrayBufferView, end: ArrayBufferView) => {
      const buffer = gl.createBuffer()!;
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data.byteLength + 4, gl.STATIC_DRAW);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, data);
      gl.bufferSubData(gl.ARRAY_BUFFER, data.byteLength, end);
      return buffer;
    };
    const zero = new Float32Array(1);
    const [time, lat, lon, vessel, cog, sog] = this.buffers = [put(new Float32Array(columns.time), zero), put(columns.lat, zero), put(columns.lon, zero),
      put(columns.vessel, new Uint32Array([0xffffffff])), put(columns.cog, zero), put(columns.sog, zero)];
    this.arrays = [0, 1].map((divisor) => {
      const array = gl.createVertexArray();
      gl.bindVertexArray(array);
      const slots: [number, WebGLBuffer, number, boolean][] = [[0, time!, 0, false], [1, time!, 4, false], [2, lat!, 0, false], [3, lat!, 4, false], [4, lon!, 0, false], [5, lon!, 4, false],
        [6, vessel!, 0, true], [7, vessel!, 4, true], [8, cog!, 0, false], [9, sog!, 0, false]];
      for (const [slot, buffer, offset, whole] of slots) {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
        gl.enableVertexAttribArray(slot);
        if (whole) gl.vertexAttribIPointer(slot, 1, gl.UNSIGNED_INT, 4, offset); else gl.vertexAttribPointer(slot, 1, gl.FLOAT, false, 4, offset);
        gl.vertexAttribDivisor(slot, divisor);
      }
      return array;
    });
    gl.bindVertexArray(null);
    this.map?.triggerRepaint();
  }
  /** Four bytes a vessel: its colour, and 0 = hidden, 128 = shown, 255 = shown larger. */
  setLooks(looks: Uint8Array) {
    this.pending = looks;
    const gl = this.gl;
    if (!gl) return;
    const height = Math.max(1, Math.ceil(looks.length / 4 / LOOK_WIDTH)), all = new Uint8Array(LOOK_WIDTH * height * 4);
    all.set(looks);
    this.looks ??= gl.createTexture()!;
    gl.bindTexture(gl.TEXTURE_2D, this.looks);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, LOOK_WIDTH, height, 0, gl.RGBA, gl.UNSIGNED_BYTE, all);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.map?.triggerRepaint();
  }
  render(context: WebGL2RenderingContext | WebGLRenderingContext, input: CustomRenderMethodInput) {
    const gl = context as WebGL2RenderingContext, map = this.map;
    if (!this.columns?.rows || !this.looks || !map) return;
    const matrix = new Float32Array(input.defaultProjectionData.mainMatrix as unknown as ArrayLike<number>);
    const bounds = map.getBounds(), zoom = map.getZoom();
    // Each copy of the world in sight, so that a track over the antimeridian is whole from either side.
    const copies: number[] = [];
    for (let k = Math.floor((bounds.getWest() + 180) / 360); k <= Math.floor((bounds.getEast() + 180) / 360); k++) copies.push(k);
    if (copies.length && bounds.getEast() - bounds.getWest() < 359) { copies.unshift(copies[0]! - 1); copies.push(copies.at(-1)! + 1); }
    gl.disable(gl.DEPTH_TEST); gl.disable(gl.STENCIL_TEST); gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND); gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.activeTexture(gl.TEXTURE0); gl.bindTexture(gl.TEXTURE_2D, this.looks);
    const ratio = devicePixelRatio || 1;
    // A world copy with nothing in sight is skipped by its extent, not drawn and clipped.
    const draw = (which: WebGLProgram, array: WebGLVertexArrayObject, run: () => void) => {
      const u = (name: string) => gl.getUniformLocation(which, name);
      gl.useProgram(which); gl.bindVertexArray(array);
      gl.uniformMatrix4fv(u('matrix'), false, matrix);
      gl.uniform1f(u('time'), this.time); gl.uniform1f(u('trail'), this.trail); gl.uniform1i(u('chosen'), this.chosen); gl.uniform1i(u('looks'), 0);
      gl.uniform1f(u('from'), this.from); gl.uniform1f(u('until'), this.until);
      gl.uniform1f(u('size'), Math.max(7, Math.min(26, 6 + zoom * 1.7)) * ratio); gl.uniform1f(u('dashes'), 2 ** zoom / 22);
      gl.uniform3fv(u('rim'), this.rim); gl.uniform3fv(u('silence'), this.silence);
      for (const k of copies) {
        if (!this.inSight(k, bounds.getWest(), bounds.getEast())) continue;
        gl.uniform1f(u('world'), k);
        run();
      }
    };
    if (this.trail > 0 || this.chosen >= 0) draw(this.lines!, this.arrays[1]!, () => gl.drawArraysInstanced(gl.LINES, 0, 2, this.columns!.rows));
    draw(this.points!, this.arrays[0]!, () => gl.drawArrays(gl.POINTS, 0, this.columns!.rows));
    gl.bindVertexArray(null);
  }
  private extent?: {of: Columns; west: number; east: number};
  private inSight(copy: number, west: number, east: number) {
    if (this.extent?.of !== this.columns) {
      let w = 180, e = -180;
      for (const lon of this.columns!.lon) { if (lon < w) w = lon; if (lon > e) e = lon; }
      this.extent = {of: this.columns!, west: w, east: e};
    }
    // A way over the antimeridian leaves its own copy by at most its own length.
    const over = this.extent!.east - this.extent!.west > 180 ? 180 : 1;
    return this.extent!.west + copy * 360 - over <= east && this.extent!.east + copy * 360 + over >= west;
  }
}
