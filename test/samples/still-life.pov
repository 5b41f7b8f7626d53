// Books, wooden blocks and a pencil on a desk: nothing to eat in it.
#version 3.7;
#declare FILL = 0.85;
#include "kitchen.inc"
Camera(<0.5, 4.6, -9.2>, <0.15, 0.98, 0>, 41, <0.4, 1.2, -1.6>, 0.26)
Daylight(1.2, srgb <1,0.97,0.92>)
Wall(16, srgb <0.74,0.76,0.74>)
plane { y, 0 Wood(srgb <0.70,0.57,0.44>, srgb <0.48,0.35,0.25>, 3.4) rotate y*80 translate <0.6,0,0.4> }

// A book lying flat, its spine towards the camera: W wide, D deep, T thick.
#macro Book(W, D, T, Cover, Band)
  union {
    box { <-W/2+0.03, 0.07, -D/2+0.03>, <W/2-0.06, T-0.07, D/2-0.06>
      pigment { gradient y color_map { [0 srgb <0.90,0.86,0.76>] [0.5 srgb <0.95,0.92,0.84>] [0.55 srgb <0.80,0.75,0.65>] [1 srgb <0.92,0.88,0.78>] } scale 0.03 } finish { diffuse 0.85 } }
    union {
      box { <-W/2, 0, -D/2>, <W/2, 0.07, D/2> } box { <-W/2, T-0.07, -D/2>, <W/2, T, D/2> }
      intersection { cylinder { <-W/2, T/2, -D/2+0.10>, <W/2, T/2, -D/2+0.10>, T/2 scale <1,1,1> } box { <-W, -1, -D/2-1>, <W, T+1, -D/2+0.10> } scale 1 }
      pigment { Cover } normal { average normal_map { [1 granite 0.06 scale 0.2] [1 quilted 0.12 scale 0.04] } }
      finish { diffuse 0.82 specular 0.15 roughness 0.06 } }
    // gilt bands round the spine
    #for (K,0,3)
      intersection { cylinder { <W*(-0.40+0.25*K+(K>1)*0.05), T/2, -D/2+0.10>, <W*(-0.385+0.25*K+(K>1)*0.05), T/2, -D/2+0.10>, T/2+0.006 } box { <-W, -1, -D/2-1>, <W, T+1, -D/2+0.10> }
        pigment { Band } finish { diffuse 0.7 specular 0.6 roughness 0.03 } } #end
  }
#end
object { Book(4.2, 3.0, 0.62, color srgb <0.16,0.28,0.38>, color srgb <0.78,0.66,0.38>) rotate y*9 translate <-1.0, 0, 0.5> }
object { Book(3.9, 2.8, 0.48, color srgb <0.50,0.14,0.13>, color srgb <0.80,0.68,0.40>) rotate y*-5 translate <-1.05, 0.625, 0.5> }
object { Book(3.5, 2.6, 0.70, color srgb <0.22,0.34,0.24>, color srgb <0.80,0.68,0.40>) rotate y*14 translate <-0.95, 1.11, 0.55> }
object { Book(3.0, 2.2, 0.36, color srgb <0.70,0.62,0.50>, color srgb <0.30,0.22,0.18>) rotate y*-12 translate <-1.0, 1.815, 0.5> }

// painted wooden blocks with worn edges
#macro Block(Size, Paint)
  superellipsoid { <0.07, 0.07> scale Size/2
    texture { pigment { Paint } normal { bumps 0.06 scale <0.06,0.6,0.06> } finish { diffuse 0.82 specular 0.22 roughness 0.05 reflection { 0, 0.08 falloff 3 } } } }
#end
object { Block(1.05, color srgb <0.20,0.46,0.66>) rotate y*24 translate <1.95, 0.525, -0.7> }
object { Block(1.05, color srgb <0.40,0.56,0.42>) rotate y*-14 translate <3.05, 0.525, 0.35> }
object { Block(1.05, color srgb <0.78,0.62,0.24>) rotate y*38 translate <2.35, 1.58, -0.25> }
object { Block(0.8, color srgb <0.55,0.46,0.62>) rotate y*52 translate <0.85, 0.4, -1.75> }

// a pencil, hexagonal
union {
  prism { linear_sweep linear_spline 0, 3.2, 7, #for (K,0,6) <0.11*cos(K*pi/3), 0.11*sin(K*pi/3)> #if (K<6) , #end #end
    pigment { srgb <0.16,0.20,0.32> } finish { diffuse 0.8 specular 0.4 roughness 0.03 } }
  cone { y*3.2, 0.108, y*3.58, 0.022 pigment { srgb <0.86,0.70,0.48> } finish { diffuse 0.8 } }
  cone { y*3.56, 0.027, y*3.68, 0.004 pigment { srgb <0.10,0.10,0.11> } finish { diffuse 0.8 specular 0.3 } }
  rotate z*-90 rotate y*17 translate <-2.4, 0.10, -1.9> }
