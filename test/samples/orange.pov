// Two oranges and a half on a wooden table.
#version 3.7;
#declare FILL = 0.3;
#include "kitchen.inc"

Camera(<0.3, 4.5, -7.6>, <0.1, 0.80, 0>, 44, <0.1, 1.0, -1.0>, 0.2)
Daylight(1.25, srgb <1,0.97,0.92>)
Wall(13, srgb <0.62,0.68,0.66>)
plane { y, 0 Wood(srgb <0.76,0.56,0.37>, srgb <0.42,0.25,0.13>, 3.6) rotate y*-64 }

#declare Peel = texture {
  pigment { bozo scale 0.5 turbulence 0.3 color_map {
    [0 srgb <0.96,0.50,0.05>] [0.6 srgb <0.98,0.58,0.06>] [1 srgb <1.0,0.66,0.12>] } }
  normal { average normal_map {
    [1.0 crackle 0.65 form <1,0,0> scale 0.075 turbulence 0.1]
    [0.5 bumps 0.35 scale 0.4]
    [0.7 bumps 0.4 scale 0.05] } }
  finish { diffuse 0.82 specular 0.32 roughness 0.03 reflection { 0.0, 0.12 falloff 4 } }
}
#declare Skin = lathe { cubic_spline 15,
  <-0.10,0.94>, <0.0,0.925>, <0.05,0.945>, <0.14,0.972>, <0.38,0.92>, <0.70,0.70>, <0.92,0.37>, <1.0,0.0>, <0.93,-0.37>,
  <0.71,-0.70>, <0.38,-0.92>, <0.12,-0.978>, <0.05,-0.965>, <0.0,-0.955>, <-0.1,-0.965> }
#declare Whole = union {
  object { Skin texture { Peel } }
  // the green button where the stem was
  sphere { 0, 1 scale <0.085,0.035,0.085> translate y*0.945
    pigment { radial frequency 6 turbulence 0.4 color_map { [0 srgb <0.42,0.45,0.18>] [1 srgb <0.62,0.58,0.30>] } }
    normal { bumps 0.5 scale 0.02 } }
  cylinder { y*0.95, y*0.985, 0.03 pigment { srgb <0.40,0.30,0.15> } }
}

// The cut face: ten segments, drawn as a function of the angle and the radius.
#declare Ang = function(x,z) { abs(mod(atan2(z,x)/(2*pi)*10+20+0.12*sin(atan2(z,x)*3), 1)-0.5) }
#declare Rad = function(x,z) { sqrt(x*x+z*z) }
#declare Flesh = function(x,z) { // 1 inside a segment, 0 on the membranes, the core and the rim
  min(1, max(0, (0.5-Ang(x,z))*Rad(x,z)*24-0.25)) * min(1, max(0, (Rad(x,z)-0.11)*22)) * min(1, max(0, (0.915-Rad(x,z)-0.35*pow(max(0,Ang(x,z)-0.33),1.5))*26)) }
#declare Half = union {
  intersection { sphere { 0, 1 } plane { y, 0 } texture { Peel } }
  disc { y*0.001, y, 0.985
    pigment { function { Flesh(x,z)*(0.62+0.38*Noise(Ang(x,z)*22, Rad(x,z)*5, atan2(z,x)*3).red) }
      color_map { [0 srgb <0.99,0.90,0.68>] [0.35 srgb <1.0,0.78,0.36>] [0.62 srgb <1.0,0.58,0.06>] [1 srgb <0.96,0.43,0.01>] } }
    normal { function { Flesh(x,z)*0.6+0.25*Noise(Ang(x,z)*24, Rad(x,z)*6, atan2(z,x)*3).red } 0.12 }
    finish { diffuse 0.85 specular 0.30 roughness 0.02 reflection { 0.0, 0.10 falloff 3 } } }
  difference { cylinder { -y*0.002, y*0.0015, 0.996 } cylinder { -y, y, 0.972 } pigment { srgb <1.0,0.62,0.08> } }
}

object { Whole rotate <-28,0,14> rotate y*20 translate <-1.2, 0.97, -0.25> }
object { Whole scale 0.97 rotate <-35,60,0> rotate y*-25 translate <0.75, 0.94, 1.75> }
object { Half scale 0.97 rotate x*-58 rotate y*-12 translate <1.25, 0.97, -0.75> }
object { Leaf(1.15, 0.55, 0.12, srgb <0.16,0.34,0.09>) rotate <8,150,0> translate <-0.5, 0.05, -1.7> }
object { Leaf(0.95, 0.48, 0.10, srgb <0.18,0.38,0.10>) rotate <0,205,-6> translate <-0.4, 0.04, -1.75> }
